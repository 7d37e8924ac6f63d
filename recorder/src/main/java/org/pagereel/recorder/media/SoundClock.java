package org.pagereel.recorder.media;

/**
 * When each sample sounded, from when fragments arrived. A fragment comes late now and then but
 * never early, so the least delay seen is the truth; it may creep up slowly, for a sound card that
 * runs slower than it says, and is taken anew after a real gap.
 *
 * <p>FFmpeg's own stamps of Pulse's fragments are off by up to 150 ms in the first seconds: its
 * filter starts from Pulse's first guess of the latency (measured, docs/BENCHMARKS.md).
 */
final class SoundClock {
  private static final double CREEP = 0.001;
  private static final long GAP_MICROS = 150_000;
  private static final int LATE_IN_A_ROW = 10;

  private final int rate;
  private long samples;
  private double origin = Double.NaN;
  private int late;

  SoundClock(int rate) {
    this.rate = rate;
  }

  /** The time of the first sample of a fragment that arrived, whole, at this moment. */
  long startOf(int fragmentSamples, long arrivedMicros) {
    double length = fragmentSamples * 1e6 / rate;
    double start = samples * 1e6 / rate;
    samples += fragmentSamples;
    double delayed = arrivedMicros - length - start;
    if (Double.isNaN(origin)) {
      origin = delayed;
    }
    late = delayed - origin > GAP_MICROS ? late + 1 : 0;
    if (late > LATE_IN_A_ROW) {
      origin = delayed; // samples were lost: everything after is later
      late = 0;
    }
    origin = Math.min(delayed, origin + length * CREEP);
    return Math.round(origin + start);
  }
}
