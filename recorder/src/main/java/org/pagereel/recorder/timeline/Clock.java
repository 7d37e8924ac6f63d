package org.pagereel.recorder.timeline;

/**
 * The one clock of a recording: monotonic microseconds, so a wall clock that is set never bends it.
 */
public final class Clock {
  private Clock() {}

  public static long micros() {
    return System.nanoTime() / 1000;
  }
}
