package org.pagereel.recorder.mix;

import org.pagereel.recorder.av.SoundEncoder;

/**
 * Where a file's sound belongs, in microseconds of the timeline.
 *
 * @param from earlier sound is left out
 * @param to later sound is left out
 * @param shift is added to a file's time
 */
record SoundPlace(long from, long to, long shift) {
  long fromSample() {
    return Times.nearest(from, SoundEncoder.RATE);
  }

  long toSample() {
    return Times.nearest(to, SoundEncoder.RATE);
  }
}
