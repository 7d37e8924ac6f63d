package org.pagereel.recorder.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Silence is proven by listening, not by a clock. */
class SilenceTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final Silence silence = new Silence(Duration.ofSeconds(2), START);

  @Test
  void growsWhileSomebodyListens() {
    for (int i = 1; i <= 10; i++) {
      assertThat(silence.look(START.plusSeconds(2L * i))).isEqualTo(Duration.ofSeconds(2L * i));
    }
    silence.broken();
    assertThat(silence.look(START.plusSeconds(22))).isZero();
    assertThat(silence.look(START.plusSeconds(23))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aServerThatStoodStillHasNotListened() {
    assertThat(silence.look(START.plusSeconds(20))).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void whoeverListensAgainAfterALongTimeListensAnew() {
    assertThat(silence.look(START.plusSeconds(2))).isEqualTo(Duration.ofSeconds(2));
    assertThat(silence.look(START.plusSeconds(3600))).isZero();
    assertThat(silence.look(START.plusSeconds(3602))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whoeverIsAlwaysLateHearsSilenceInTheEnd() {
    assertThat(silence.look(START.plusSeconds(60))).isZero();
    assertThat(silence.look(START.plusSeconds(120))).isEqualTo(Duration.ofSeconds(4));
    assertThat(silence.look(START.plusSeconds(180))).isEqualTo(Duration.ofSeconds(8));
  }
}
