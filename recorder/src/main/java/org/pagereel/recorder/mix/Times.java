package org.pagereel.recorder.mix;

/** Places of pictures and samples. */
final class Times {
  private Times() {}

  /** The number of the picture nearest to this time, at this rate. */
  static long nearest(long micros, int perSecond) {
    return Math.round(micros / 1e6 * perSecond);
  }
}
