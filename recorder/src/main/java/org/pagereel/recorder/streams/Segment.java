package org.pagereel.recorder.streams;

import java.time.Duration;
import org.pagereel.recorder.Durations;

/**
 * A piece of one stream in a file of its own, as the journal keeps it. Media times in microseconds.
 *
 * @param file Matroska, in the recording's folder
 * @param key the stream: the same for the same participant and kind
 * @param end media time at which it ends; −1 while it is being written, and after a crash
 * @param width of its pictures; 0 without any, as is {@code height}
 */
record Segment(String file, StreamKey key, long start, long end, int width, int height) {
  static final long OPEN = -1;

  Duration length() {
    return Durations.ofMicros(end - start);
  }

  /** The same, so much later. */
  Segment moved(long micros) {
    return new Segment(file, key, start + micros, end == OPEN ? OPEN : end + micros, width, height);
  }

  Segment ending(long at) {
    return new Segment(file, key, start, Math.max(at, start), width, height);
  }
}
