package org.pagereel.recorder.media;

import java.nio.ShortBuffer;

/**
 * Counts what went wrong with the sound. The sound's thread writes, anyone reads.
 *
 * <p>Two things break sound. The recorder inserts silence where sound was lost on its way. And the
 * browser or the daemon, on a busy machine, plays silence for a buffer that was not ready: exact
 * zeros in mid-sound, which no page that fades or falls silent makes. A pause of exact zeros that
 * lasts longer than {@link #MAX_HOLE} is taken for the page's own.
 */
final class SoundTally {
  /** Shorter ones cannot be heard, and a square wave may rest on zero. */
  private static final int MIN_HOLE = SoundEncoder.RATE / 500;

  private static final int MAX_HOLE = SoundEncoder.RATE / 4;

  /** How loud sound is where it breaks off: 1 % of full scale. */
  private static final int EDGE = 328;

  /** It fades out of the loudness within some 2 ms: a wave crosses zero in between. */
  private static final double FADE = 0.95;

  private long breaks;
  private long silentSamples;
  private long longestSamples;
  private double driftPpm;

  private int zeros;
  private boolean brokeOff;
  private double loudness;

  /** The first sound of a span follows nothing. */
  synchronized void spanBegins() {
    brokeOff = false;
    zeros = 0;
    loudness = 0;
  }

  /** Silence was inserted for sound that was lost. */
  synchronized void inserted(long samples) {
    count(samples);
    spanBegins();
  }

  /** Interleaved stereo samples {@code [from, to)}, counted in pairs, as the page played them. */
  synchronized void heard(ShortBuffer samples, int from, int to) {
    for (int i = from; i < to; i++) {
      int peak = Math.max(Math.abs(samples.get(2 * i)), Math.abs(samples.get(2 * i + 1)));
      if (peak == 0) {
        if (zeros == 0) {
          brokeOff = loudness >= EDGE;
        }
        zeros++;
      } else if (zeros > 0) {
        if (brokeOff && zeros >= MIN_HOLE && zeros <= MAX_HOLE) {
          count(zeros);
        }
        zeros = 0;
      }
      loudness = Math.max(peak, loudness * FADE);
    }
  }

  synchronized void drift(double ppm) {
    driftPpm = ppm;
  }

  synchronized SoundCounters counters() {
    return new SoundCounters(
        breaks, millis(silentSamples), millis(longestSamples), Math.round(driftPpm * 10) / 10.0);
  }

  private void count(long samples) {
    breaks++;
    silentSamples += samples;
    longestSamples = Math.max(longestSamples, samples);
  }

  private static long millis(long samples) {
    return samples * 1000 / SoundEncoder.RATE;
  }
}
