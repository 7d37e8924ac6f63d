package org.pagereel.recorder.mix;

import org.pagereel.recorder.av.SoundEncoder;

/**
 * Keeps a sum of voices below full scale. Loudness falls within the step of 5 ms before a peak, not
 * at it, and comes back by 9 dB in a fifth of a second: nothing is cut off, nothing pumps.
 */
final class Limiter {
  static final int STEP = SoundEncoder.RATE / 200;

  /** One decibel below full scale: a lossy encoder swings a little beyond what it was given. */
  private static final float CEILING = 0.89f;

  /** Of the gain, each step. */
  private static final float RISE = 1.026f;

  private float gain = 1;

  /**
   * Limits the first of the two steps that lie in the block.
   *
   * @param block one array a channel, at least two steps long from {@code start} on
   */
  void limit(float[][] block, int start) {
    float own = allowed(block, start);
    float then = allowed(block, start + STEP);
    float before = Math.min(gain, own);
    gain = Math.min(Math.min(own, then), before * RISE);
    if (before >= 1 && gain >= 1) {
      gain = 1;
      return;
    }
    for (float[] channel : block) {
      for (int i = 0; i < STEP; i++) {
        channel[start + i] *= before + (gain - before) * i / STEP;
      }
    }
  }

  private static float allowed(float[][] block, int start) {
    float peak = 0;
    for (float[] channel : block) {
      for (int i = start; i < start + STEP; i++) {
        peak = Math.max(peak, Math.abs(channel[i]));
      }
    }
    return peak <= CEILING ? 1 : CEILING / peak;
  }
}
