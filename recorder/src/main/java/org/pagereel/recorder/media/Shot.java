package org.pagereel.recorder.media;

/** What the encoder is handed, in the order of its time; all times in microseconds. */
sealed interface Shot {
  /** A grabbed picture that differs from the last at most within {@code painted}. */
  record Fresh(Picture picture, Area painted, long media, long at, boolean key) implements Shot {}

  /** The last picture once more: for players, and to move the others out of the encoder. */
  record Again(long media, long at, boolean key) implements Shot {}

  /** A span ends here: everything before must get out of the encoder. */
  record SpanEnd(long media) implements Shot {}

  /** The recording ends here. */
  record End(long media) implements Shot {}
}
