package org.pagereel.recorder.mix;

import java.time.Duration;

/** Durations in FFmpeg's unit. */
final class Times {
  private Times() {}

  static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  /** Which of so many a second is nearest to this time. */
  static long nearest(long micros, int perSecond) {
    return Math.round(micros / 1e6 * perSecond);
  }
}
