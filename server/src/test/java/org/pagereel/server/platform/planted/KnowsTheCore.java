package org.pagereel.server.platform.planted;

import org.pagereel.server.core.recording.Recording;

/** A violation that ArchitectureTest must see. */
record KnowsTheCore(Recording recording) {}
