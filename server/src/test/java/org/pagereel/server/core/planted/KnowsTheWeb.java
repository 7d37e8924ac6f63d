package org.pagereel.server.core.planted;

import io.javalin.http.Context;

/** A violation that ArchitectureTest must see. */
record KnowsTheWeb(Context context) {}
