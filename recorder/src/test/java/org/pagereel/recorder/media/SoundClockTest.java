package org.pagereel.recorder.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SoundClockTest {
  private static final int SAMPLES = 1920; // 40 ms at 48 kHz
  private final SoundClock clock = new SoundClock(48_000);

  @Test
  void aLateFragmentDoesNotBendTheClock() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      long late = random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(300);
      long start = clock.startOf(SAMPLES, 5_000_000 + (i + 1) * 40_000L + late);
      if (i > 10) {
        assertThat(start).isCloseTo(5_000_000 + i * 40_000L, within(1_500L));
      }
    }
  }

  @Test
  void aRealGapMovesEverythingAfterIt() {
    for (int i = 0; i < 50; i++) {
      clock.startOf(SAMPLES, (i + 1) * 40_000L);
    }
    long start = 0;
    for (int i = 50; i < 80; i++) {
      start = clock.startOf(SAMPLES, (i + 1) * 40_000L + 500_000);
    }
    assertThat(start).isCloseTo(79 * 40_000L + 500_000, within(1_000L));
  }
}
