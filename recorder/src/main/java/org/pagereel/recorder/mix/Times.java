package org.pagereel.recorder.mix;

import java.time.Duration;

/** Durations in FFmpeg's unit. */
final class Times {
  private Times() {}

  static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  /** The number of the picture nearest to this time, at this rate. */
  static long nearest(long micros, int perSecond) {
    return Math.round(micros / 1e6 * perSecond);
  }
}
