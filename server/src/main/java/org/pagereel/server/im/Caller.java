package org.pagereel.server.im;

import org.pagereel.server.config.TencentApp;

/** Who calls: a user of an app, and the app. */
record Caller(TencentApp app, String identifier) {}
