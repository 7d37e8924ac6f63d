package org.pagereel.recorder.streams;

import org.pagereel.recorder.StreamFiles.Kind;

/** Whose stream it is, and which of theirs. */
record StreamKey(String userId, Kind kind) {}
