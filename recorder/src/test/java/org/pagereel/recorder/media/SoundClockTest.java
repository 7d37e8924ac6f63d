package org.pagereel.recorder.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fragments of 10 ms, each of which arrives at the moment at which it begins to sound. */
class SoundClockTest {
  private static final int SAMPLES = 480;
  private static final long LENGTH = 10_000;
  private final SoundClock clock = new SoundClock(48_000, LENGTH);

  @Test
  void aFragmentSoundsWhenItArrives() {
    assertThat(clock.startOf(SAMPLES, 5_000_000)).isEqualTo(5_000_000);
    assertThat(clock.startOf(SAMPLES, 5_010_000)).isEqualTo(5_010_000);
  }

  @Test
  void ofSeveralBlocksTheLastOneSoundsNow() {
    assertThat(clock.startOf(4 * SAMPLES, 5_030_000)).isEqualTo(5_000_000);
  }

  @Test
  void aLateFragmentDoesNotBendTheClock() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      long late = random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(300);
      long start = clock.startOf(SAMPLES, i * LENGTH + late);
      if (i > 100) {
        assertThat(start).isCloseTo(i * LENGTH, within(100L));
      }
    }
  }

  @Test
  void aBacklogIsPlacedWhereItSounded() {
    long now = 0;
    for (int i = 0; i < 3_000; i++) {
      now = Math.max(now, i * LENGTH);
      if (i == 1_000) {
        now += 3_000_000; // the recorder is held up; the daemon keeps what sounds meanwhile
      }
      long start = clock.startOf(SAMPLES, now);
      now += 200; // it is read faster than it sounded
      assertThat(start).isCloseTo(i * LENGTH, within(1_000L));
    }
    assertThat(clock.driftPpm()).isZero();
  }

  @Test
  void soundThatWasLostMovesEverythingAfterIt() {
    long start = 0;
    for (int i = 0; i < 1_500; i++) {
      start = clock.startOf(SAMPLES, i * LENGTH + (i < 1_000 ? 0 : 500_000));
    }
    assertThat(start).isCloseTo(1_499 * LENGTH + 500_000, within(100L));
  }

  @Test
  void aSinkWhoseClockRunsSlowlyIsFollowed() {
    assertThat(drift(200, 30_000)).isCloseTo(200, within(40.0));
  }

  @Test
  void aSinkWhoseClockRunsFastIsFollowed() {
    assertThat(drift(-200, 30_000)).isCloseTo(-200, within(40.0));
  }

  /** What is measured of that drift, over so many fragments, some of them late. */
  private double drift(double ppm, int fragments) {
    Random random = new Random(5);
    for (int i = 0; i < fragments; i++) {
      long sounds = Math.round(i * LENGTH * (1 + ppm / 1e6));
      long start = clock.startOf(SAMPLES, sounds + random.nextInt(2_000));
      if (i > 100) {
        assertThat(start).isCloseTo(sounds, within(8_000L));
      }
    }
    return clock.driftPpm();
  }
}
