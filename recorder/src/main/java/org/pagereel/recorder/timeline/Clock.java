package org.pagereel.recorder.timeline;

import java.time.Instant;

/**
 * The one clock of a recording: monotonic microseconds, so a wall clock that is set never bends it.
 */
public final class Clock {
  private Clock() {}

  public static long micros() {
    return System.nanoTime() / 1000;
  }

  /** The same for those who compare instants; it is no time of day. */
  public static Instant instant() {
    return Instant.EPOCH.plusNanos(System.nanoTime());
  }
}
