package org.pagereel.recorder.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.SoundCounters;
import org.pagereel.recorder.av.SoundEncoder;

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
    float[] sound = tone(RATE);
    silence(sound, 10_000, 1024);
    silence(sound, 30_000, 2048);
    hear(sound);
    assertThat(tally.counters()).isEqualTo(new SoundCounters(2, 64, 42));
  }

  @Test
  void aBreakMayReachFromOneFragmentIntoTheNext() {
    float[] sound = tone(RATE);
    silence(sound, 480 * 20 - 100, 1024);
    FloatBuffer all = FloatBuffer.wrap(sound);
    for (int at = 0; at < RATE; at += 480) {
      tally.heard(all, at, at + 480);
    }
    assertThat(tally.counters().breaks()).isEqualTo(1);
  }

  @Test
  void aPageThatFallsSilentIsNotBroken() {
    float[] sound = tone(2 * RATE);
    silence(sound, 10_000, RATE);
    hear(sound);
    assertThat(tally.counters().breaks()).isZero();
  }

  @Test
  void aFadeIsNotABreak() {
    float[] sound = tone(RATE);
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
    assertThat(tally.counters()).isEqualTo(new SoundCounters(1, 500, 500));
  }

  @Test
  void attemptsAddUp() {
    assertThat(new SoundCounters(1, 20, 20).plus(new SoundCounters(2, 30, 25)))
        .isEqualTo(new SoundCounters(3, 50, 25));
  }

  private void hear(float[] sound) {
    tally.heard(FloatBuffer.wrap(sound), 0, sound.length / 2);
  }

  private static float[] tone(int samples) {
    float[] sound = new float[2 * samples];
    for (int i = 0; i < samples; i++) {
      sound[2 * i] = (float) (0.25 * Math.sin(2 * Math.PI * 500 * i / RATE));
      sound[2 * i + 1] = sound[2 * i];
    }
    return sound;
  }

  private static void silence(float[] sound, int from, int samples) {
    for (int i = from; i < from + samples; i++) {
      scale(sound, i, 0);
    }
  }

  private static void scale(float[] sound, int at, double by) {
    sound[2 * at] = (float) (sound[2 * at] * by);
    sound[2 * at + 1] = (float) (sound[2 * at + 1] * by);
  }
}
