package org.pagereel.server.im;

import org.pagereel.server.config.TencentApp;

/**
 * Who calls: a user of an app, and the app.
 *
 * @param isAdmin may do everything in the app
 */
public record Caller(TencentApp app, String identifier, boolean isAdmin) {}
