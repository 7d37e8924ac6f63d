package org.pagereel.recorder.mix;

/**
 * Where a file's sound belongs, in microseconds of the timeline.
 *
 * @param from what would sound before is left out
 * @param to what would sound from then on is left out
 * @param shift what is added to a file's time
 */
record SoundPlace(long from, long to, long shift) {
  long fromSample() {
    return Times.nearest(from, SoundOut.RATE);
  }

  long toSample() {
    return Times.nearest(to, SoundOut.RATE);
  }
}
