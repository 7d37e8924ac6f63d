package org.pagereel.recorder.mix;

/**
 * Where a file's sound belongs, in microseconds of the timeline.
 *
 * @param from earlier sound is left out
 * @param to later sound is left out
 * @param shift is added to a file's time
 */
record SoundPlace(long from, long to, long shift) {
  long fromSample() {
    return Times.nearest(from, SoundOut.RATE);
  }

  long toSample() {
    return Times.nearest(to, SoundOut.RATE);
  }
}
