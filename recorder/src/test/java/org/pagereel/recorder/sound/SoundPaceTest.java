package org.pagereel.recorder.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.pagereel.recorder.timeline.MediaSpeed;
import org.pagereel.recorder.timeline.Timeline;

/** Blocks of 10 ms; the first is taken at 7 s. */
class SoundPaceTest {
  private static final int RATE = 48_000;
  private static final int SAMPLES = 480;
  private static final long BLOCK = 10_000;
  private static final long START = 7_000_000;
  private final SoundPace pace = new SoundPace(RATE, START);
  private long now = START;
  private long last;

  @Test
  void takesEachBlockAtItsTime() {
    for (int block = 0; block < 1000; block++) {
      assertThat(take(0)).isEqualTo(START + block * BLOCK);
      assertThat(now).isEqualTo(START + block * BLOCK);
    }
  }

  @Test
  void blocksTakenALittleLateStayWhereTheyBelong() {
    for (int block = 0; block < 1000; block++) {
      assertThat(take(block % 7 * 300L)).isEqualTo(START + block * BLOCK);
    }
    assertThat(now - last).isLessThan(BLOCK);
  }

  @Test
  void aShorterBlockIsFollowedEarlier() {
    pace.taken(120, now);
    assertThat(pace.waitMicros(now)).isEqualTo(2_500);
    assertThat(pace.taken(SAMPLES, now + 2_500)).isEqualTo(START + 2_500);
  }

  @Test
  void lostTimeIsMadeUpForByAQuarterFasterAndNotAtOnce() {
    take(0);
    take(190_000);
    long late = now;
    int blocks = 0;
    while (now - last > 0) {
      take(0);
      blocks++;
      assertThat(last).isEqualTo(START + (blocks + 1) * BLOCK);
    }
    assertThat(now - late).isCloseTo(blocks * 8_000L, within(16_000L));
    assertThat(blocks).isCloseTo(95, within(8)); // 2 ms a block
  }

  /** Two at a time, each time after 18 ms. */
  @Test
  void aThreadThatAlwaysWakesUpLateKeepsUp() {
    take(0);
    for (int block = 1; block < 1000; block++) {
      assertThat(take(pace.waitMicros(now) > 0 ? 8_000 : 0)).isEqualTo(START + block * BLOCK);
      assertThat(now - last).isLessThan(30_000);
    }
  }

  @Test
  void timeThatIsGivenUpMovesWhatFollows() {
    take(0);
    now += 1_010_000;
    assertThat(pace.lateMicros(now)).isEqualTo(1_000_000);
    assertThat(pace.givenUp(RATE)).isEqualTo(START + BLOCK);
    assertThat(take(0)).isEqualTo(now);
    assertThat(pace.waitMicros(now)).isEqualTo(BLOCK);
  }

  @Test
  void hasNoDriftInADay() {
    long at = START;
    for (long block = 0; block < 24 * 3600L * RATE / 511; block++) {
      at += pace.waitMicros(at);
      pace.taken(511, at);
    }
    assertThat(at - START).isCloseTo(24 * 3600 * 1_000_000L, within(20_000L));
  }

  /** Sound and paints: 33,333 µs last as long as 1,600 samples. */
  @Test
  void keepsStepWithMediaTimeForADay() {
    double speed = MediaSpeed.at(30);
    SoundPace fast = new SoundPace(RATE * speed, START);
    Timeline timeline = new Timeline(speed);
    timeline.begin(START);
    for (long block = 0; block < 24 * 3600 * 30; block++) {
      long at = fast.taken(1_600, START);
      assertThat(at).isCloseTo(START + block * 33_333, within(1L));
      assertThat(timeline.mediaAt(at).orElseThrow())
          .isCloseTo(Math.round(block * 1e6 / 30), within(2L));
    }
  }

  /** Waits as told, is late by so much, and takes the block. */
  private long take(long late) {
    now += Math.max(0, pace.waitMicros(now)) + late;
    last = pace.taken(SAMPLES, now);
    return last;
  }
}
