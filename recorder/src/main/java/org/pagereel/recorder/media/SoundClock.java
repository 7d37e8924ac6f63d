package org.pagereel.recorder.media;

/**
 * When each sample leaves the sink, found from when fragments arrived.
 *
 * <p>The sink of a recording has no sound card. It renders a block at the moment at which the block
 * begins to sound, and counts on by the system's monotonic clock, which is ours. So the clock of
 * the samples has one constant origin. A fragment may arrive late, never early: the least delay
 * seen is the true one, and a fragment that arrives late says nothing.
 *
 * <p>FFmpeg's own stamps of Pulse's fragments are off by up to 150 ms in the first seconds: its
 * filter starts from Pulse's first guess of the latency (measured, docs/BENCHMARKS.md).
 */
final class SoundClock {
  /** In a stretch of this length some fragment arrives in time, also on a busy machine. */
  private static final double WINDOW_MICROS = 10e6;

  /** Sound that stays this late, while it arrives at its own pace, was lost on its way. */
  private static final double LOST_MICROS = 100_000;

  private static final double LOST_FOR_MICROS = 1e6;

  /** Over less than this, jitter would be taken for drift. */
  private static final double DRIFT_AFTER_MICROS = 60e6;

  private final int rate;
  private final double blockMicros;

  /** Clock time of sample 0, and how that was found. */
  private double origin = Double.NaN;

  private long samples;

  /** What the origin was when it had settled, for the drift. */
  private double settledOrigin;

  private double settledAt = Double.NaN;
  private double windowEnd;
  private double windowLeast = Double.POSITIVE_INFINITY;
  private double earlierLeast = Double.POSITIVE_INFINITY;

  /** The stretch of late fragments that has lasted until now. */
  private double lateSince;

  private double lateLeast = Double.POSITIVE_INFINITY;
  private double lateMost;

  /**
   * A clock for fragments of whole blocks.
   *
   * @param rate samples per second
   * @param blockMicros length of a block of the sink
   */
  SoundClock(int rate, long blockMicros) {
    this.rate = rate;
    this.blockMicros = blockMicros;
  }

  /** The time of the first sample of a fragment that arrived, whole, at this moment. */
  long startOf(int fragmentSamples, long arrivedMicros) {
    double start = micros(samples);
    samples += fragmentSamples;
    double end = micros(samples);
    // Its last block begins to sound now; those before it have sounded.
    double delayed = arrivedMicros + blockMicros - end;
    if (Double.isNaN(origin)) {
      origin = delayed;
      windowEnd = WINDOW_MICROS;
    }
    origin = Math.min(origin, delayed);
    lookForLoss(delayed, start, end);
    closeWindow(delayed, end);
    return Math.round(origin + start);
  }

  /**
   * By how much the sink's clock runs slower than ours, in parts per million; negative when faster.
   */
  double driftPpm() {
    double since = micros(samples) - settledAt;
    return since >= DRIFT_AFTER_MICROS ? (origin - settledOrigin) / since * 1e6 : 0;
  }

  /** Follows a sink that runs slower than our clock. */
  private void closeWindow(double delayed, double end) {
    windowLeast = Math.min(windowLeast, delayed);
    if (end < windowEnd) {
      return;
    }
    if (Double.isNaN(settledAt)) {
      settledOrigin = origin;
      settledAt = end;
    } else {
      origin = Math.max(origin, Math.min(windowLeast, earlierLeast));
    }
    earlierLeast = windowLeast;
    windowLeast = Double.POSITIVE_INFINITY;
    windowEnd = end + WINDOW_MICROS;
  }

  /**
   * A recorder that was held up reads its backlog faster than it sounds, and each fragment is less
   * late than the one before. Where sound was lost, all that follows is late by the same.
   */
  private void lookForLoss(double delayed, double start, double end) {
    if (delayed - origin <= LOST_MICROS) {
      lateLeast = Double.POSITIVE_INFINITY;
      return;
    }
    if (lateLeast == Double.POSITIVE_INFINITY
        || lateMost - Math.min(lateLeast, delayed) > LOST_MICROS / 2) {
      lateSince = start;
      lateLeast = delayed;
      lateMost = delayed;
    }
    lateLeast = Math.min(lateLeast, delayed);
    lateMost = Math.max(lateMost, delayed);
    if (end - lateSince >= LOST_FOR_MICROS) {
      settledOrigin += lateLeast - origin;
      origin = lateLeast;
      windowLeast = lateLeast;
      earlierLeast = lateLeast;
      lateLeast = Double.POSITIVE_INFINITY;
    }
  }

  private double micros(long count) {
    return count * 1e6 / rate;
  }
}
