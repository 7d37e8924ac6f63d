package org.pagereel.recorder.streams;

import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamsPlan;

/** Whose stream it is, and which of theirs. */
record StreamKey(String userId, Kind kind) {
  /** The name by which layouts and rules know it. */
  String name() {
    return kind == Kind.SCREEN ? StreamsPlan.SCREEN_PREFIX + "_" + userId : userId;
  }
}
