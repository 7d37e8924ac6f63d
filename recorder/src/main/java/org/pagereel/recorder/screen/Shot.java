package org.pagereel.recorder.screen;

import org.pagereel.recorder.av.Area;
import org.pagereel.recorder.av.ScreenPicture;

/** A message to the encoder, in the order of time; all times in microseconds. */
public sealed interface Shot {
  /** Why a picture is taken, which decides whether it begins a slice. */
  public enum Role {
    /** The first of a recorded span, taken while the page painted. */
    SPAN_AT_PAINT,
    /** The first of a recorded span, taken when the order came. */
    SPAN_AT_ORDER,
    /** The first of a slice. */
    SLICE,
    /** Any other. */
    PLAIN
  }

  /** A grabbed picture that differs from the last at most within {@code painted}. */
  public record Fresh(ScreenPicture picture, Area painted, long media, long at, Role role)
      implements Shot {}

  /** The last picture once more: for players, and to move the others out of the encoder. */
  public record Again(long media, long at, Role role) implements Shot {}

  /** A span ends here: everything before must get out of the encoder. */
  public record SpanEnd(long media) implements Shot {}

  /** The recording ends here. */
  public record End(long media) implements Shot {}
}
