package org.pagereel.recorder.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LimiterTest {
  private static final int STEPS = 200;

  @Test
  void noPeakGetsThroughAndLoudnessComesBack() {
    float[][] block = new float[2][(STEPS + 1) * Limiter.STEP];
    for (int i = 0; i < block[0].length; i++) {
      boolean loud = i > 50 * Limiter.STEP + 17 && i < 60 * Limiter.STEP + 3;
      block[0][i] = (float) Math.sin(i * 0.05) * (loud ? 8 : 0.5f);
      block[1][i] = block[0][i] / 2;
    }
    float[] asItWas = block[0].clone();
    Limiter limiter = new Limiter();
    for (int step = 0; step < STEPS; step++) {
      limiter.limit(block, step * Limiter.STEP);
    }
    for (int i = 0; i < STEPS * Limiter.STEP; i++) {
      assertThat(Math.abs(block[0][i])).isLessThan(0.9f);
      assertThat(block[1][i]).isCloseTo(block[0][i] / 2, within(1e-5f));
    }
    int before = 40 * Limiter.STEP + 31;
    int later = 190 * Limiter.STEP + 31;
    assertThat(block[0][before]).isEqualTo(asItWas[before]);
    assertThat(block[0][later]).isEqualTo(asItWas[later]);
  }
}
