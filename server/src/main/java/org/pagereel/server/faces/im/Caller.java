package org.pagereel.server.faces.im;

import org.pagereel.server.platform.config.TencentApp;

/**
 * Who calls: a user of an app, and the app.
 *
 * @param isAdmin may do everything in the app
 */
public record Caller(TencentApp app, String identifier, boolean isAdmin) {}
