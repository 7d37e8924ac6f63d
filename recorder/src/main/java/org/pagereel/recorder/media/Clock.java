package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avutil.av_gettime;

/**
 * The one clock of a recording: monotonic microseconds, so a wall clock that is set never bends it.
 */
public final class Clock {
  private Clock() {}

  public static long micros() {
    return System.nanoTime() / 1000;
  }

  /** FFmpeg's devices stamp with the wall clock; the age of such a stamp is the same on both. */
  static long ofDeviceStamp(long wallMicros) {
    return micros() - (av_gettime() - wallMicros);
  }
}
