package org.pagereel.server.core.queue.planted;

import org.pagereel.server.core.recording.Recording;

/** A violation that ArchitectureTest must see. */
record KnowsAKind(Recording recording) {}
