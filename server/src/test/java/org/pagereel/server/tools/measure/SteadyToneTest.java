package org.pagereel.server.tools.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SteadyToneTest {
  private static final int RATE = Decoded.SOUND_RATE;

  @Test
  void aSteadyToneHasNoBreak() {
    SteadyTone seen = look(tone(10 * RATE, 500));
    assertThat(seen.breaks()).isZero();
    assertThat(seen.level()).isCloseTo(0.5, within(0.005));
    assertThat(seen.seconds()).isCloseTo(9, within(0.02));
  }

  @Test
  void aSlowDriftIsNotABreak() {
    assertThat(look(tone(10 * RATE, 500.2)).breaks()).isZero();
  }

  @Test
  void aMissingBufferIsOneBreak() {
    short[] sound = tone(10 * RATE, 500);
    Arrays.fill(sound, 3 * RATE, 3 * RATE + 1024, (short) 0);
    assertThat(look(sound).breaks()).isEqualTo(1);
  }

  @Test
  void aCutIsABreak() {
    short[] sound = tone(10 * RATE, 500);
    System.arraycopy(sound, 5 * RATE + 24, sound, 5 * RATE, 5 * RATE - 24);
    assertThat(look(sound).breaks()).isEqualTo(1);
  }

  @Test
  void silenceIsMeasured() {
    short[] sound = tone(10 * RATE, 500);
    Arrays.fill(sound, 3 * RATE, 3 * RATE + RATE / 2, (short) 0);
    SteadyTone seen = look(sound);
    assertThat(seen.breaks()).isEqualTo(1);
    assertThat(seen.longestMillis()).isBetween(480, 510);
    assertThat(seen.silentMillis()).isEqualTo(seen.longestMillis());
  }

  private static SteadyTone look(short[] sound) {
    return SteadyTone.of(sound, 500, 0.5, 9.5);
  }

  private static short[] tone(int samples, double hertz) {
    short[] sound = new short[samples];
    for (int i = 0; i < samples; i++) {
      sound[i] = (short) Math.round(16_384 * Math.sin(2 * Math.PI * hertz * i / RATE));
    }
    return sound;
  }
}
