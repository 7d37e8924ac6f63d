package org.pagereel.recorder.media;

/**
 * The one clock of a recording: monotonic microseconds, so a wall clock that is set never bends it.
 */
final class Clock {
  private Clock() {}

  static long micros() {
    return System.nanoTime() / 1000;
  }
}
