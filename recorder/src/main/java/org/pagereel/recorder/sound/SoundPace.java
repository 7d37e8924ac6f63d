package org.pagereel.recorder.sound;

/**
 * When the recorder takes the next block of sound from the sink, which renders what it is asked
 * for. So the recorder is the clock of all sound: it has no drift, and a machine that stands still
 * for a moment breaks nothing.
 *
 * <p>A block that was taken late is placed where it belongs, and the next ones are taken a little
 * faster until all is in time again, on average: faster, the browser could not follow. Meanwhile
 * the sound is ahead of the picture by as much as it is late, so it may not be late by more than
 * {@link #MAX_LATE_MICROS}; then time is given up.
 */
final class SoundPace {
  static final long MAX_LATE_MICROS = 200_000;

  /** The speed at which lost time is made up for. */
  private static final double FASTER = 1.25;

  /**
   * How much may be taken at once, a little more than one block: this thread wakes up late now and
   * then, and the browser's stream has more than that ready.
   */
  private static final double AT_ONCE_MICROS = 12_000;

  /** Samples a second of the clock. */
  private final double rate;

  /** The time at which sample 0 is to be taken. */
  private final long origin;

  private long samples;

  /** The next block is never taken before this moment. */
  private double earliest;

  SoundPace(double rate, long nowMicros) {
    this.rate = rate;
    this.origin = nowMicros;
  }

  /** The time until the next block is to be taken; not positive if it is to be taken now. */
  long waitMicros(long nowMicros) {
    return Math.round(Math.max(due(), earliest) - nowMicros);
  }

  /** The lateness of the next block; not positive if it is in time. */
  long lateMicros(long nowMicros) {
    return Math.round(nowMicros - due());
  }

  /** A block was taken now. Returns the time of its first sample. */
  long taken(int blockSamples, long nowMicros) {
    long at = placed(blockSamples);
    double step = blockSamples * 1e6 / rate / FASTER;
    earliest = Math.max(earliest, nowMicros - AT_ONCE_MICROS) + step;
    return at;
  }

  /** Gives up time in which nothing was played. Returns when it began. */
  long givenUp(int lostSamples) {
    return placed(lostSamples);
  }

  /** The time of the first sample that is neither taken nor given up. */
  long next() {
    return Math.round(due());
  }

  private long placed(int count) {
    long at = next();
    samples += count;
    return at;
  }

  private double due() {
    return origin + samples * 1e6 / rate;
  }
}
