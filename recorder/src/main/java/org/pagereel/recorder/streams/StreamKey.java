package org.pagereel.recorder.streams;

import org.pagereel.recorder.StreamFiles.Kind;

/** The user of a stream, and which of the user's streams it is. */
record StreamKey(String userId, Kind kind) {}
