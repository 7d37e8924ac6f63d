package org.pagereel.recorder.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ShortBuffer;
import org.junit.jupiter.api.Test;

class SoundTallyTest {
  private static final int RATE = SoundEncoder.RATE;
  private final SoundTally tally = new SoundTally();

  @Test
  void aSteadyToneIsWhole() {
    hear(tone(RATE));
    assertThat(tally.counters()).isEqualTo(SoundCounters.NONE);
  }

  @Test
  void aMissedBufferIsABreak() {
    short[] sound = tone(RATE);
    silence(sound, 10_000, 1024);
    silence(sound, 30_000, 2048);
    hear(sound);
    assertThat(tally.counters()).isEqualTo(new SoundCounters(2, 64, 42, 0));
  }

  @Test
  void aBreakMayReachFromOneFragmentIntoTheNext() {
    short[] sound = tone(RATE);
    silence(sound, 480 * 20 - 100, 1024);
    ShortBuffer all = ShortBuffer.wrap(sound);
    for (int at = 0; at < RATE; at += 480) {
      tally.heard(all, at, at + 480);
    }
    assertThat(tally.counters().breaks()).isEqualTo(1);
  }

  @Test
  void aPageThatFallsSilentIsNotBroken() {
    short[] sound = tone(2 * RATE);
    silence(sound, 10_000, RATE);
    hear(sound);
    assertThat(tally.counters().breaks()).isZero();
  }

  @Test
  void aFadeIsNotABreak() {
    short[] sound = tone(RATE);
    for (int i = 0; i < 2_000; i++) {
      scale(sound, 10_000 + i, 1 - i / 2_000.0);
      scale(sound, 14_000 - i, 1 - i / 2_000.0);
    }
    silence(sound, 11_900, 200);
    hear(sound);
    assertThat(tally.counters().breaks()).isZero();
  }

  @Test
  void insertedSilenceIsABreak() {
    hear(tone(RATE));
    tally.inserted(RATE / 2);
    hear(tone(RATE));
    assertThat(tally.counters()).isEqualTo(new SoundCounters(1, 500, 500, 0));
  }

  @Test
  void attemptsAddUp() {
    assertThat(new SoundCounters(1, 20, 20, 3).plus(new SoundCounters(2, 30, 25, -1)))
        .isEqualTo(new SoundCounters(3, 50, 25, -1));
  }

  private void hear(short[] sound) {
    tally.heard(ShortBuffer.wrap(sound), 0, sound.length / 2);
  }

  private static short[] tone(int samples) {
    short[] sound = new short[2 * samples];
    for (int i = 0; i < samples; i++) {
      sound[2 * i] = (short) Math.round(8_000 * Math.sin(2 * Math.PI * 500 * i / RATE));
      sound[2 * i + 1] = sound[2 * i];
    }
    return sound;
  }

  private static void silence(short[] sound, int from, int samples) {
    for (int i = from; i < from + samples; i++) {
      scale(sound, i, 0);
    }
  }

  private static void scale(short[] sound, int at, double by) {
    sound[2 * at] = (short) Math.round(sound[2 * at] * by);
    sound[2 * at + 1] = (short) Math.round(sound[2 * at + 1] * by);
  }
}
