package org.pagereel.recorder.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A blank picture is worth a word if it lasts and the page should show something. */
class BlankWatchTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> said = new ArrayList<>();
  private boolean plain = true;
  private boolean shouldShow = true;
  private int asked;
  private long now = Long.MAX_VALUE - 100 * SECOND; // nanoTime may overflow
  private final BlankWatch watch =
      new BlankWatch(
          () -> plain,
          () -> {
            asked++;
            return shouldShow;
          },
          said::add);

  private void pass(int seconds) {
    for (int i = 0; i < 2 * seconds; i++) {
      now += SECOND / 2;
      watch.tick(now);
    }
  }

  @Test
  void isSaidOnceAfterTwentySeconds() {
    pass(20);
    assertThat(said).isEmpty();
    pass(1);
    assertThat(said).hasSize(1);
    pass(3600);
    assertThat(said).hasSize(1);
  }

  @Test
  void aPageWithNothingToShowIsAskedNowAndThen() {
    shouldShow = false;
    pass(201);
    assertThat(said).isEmpty();
    assertThat(asked).isEqualTo(10);
    shouldShow = true;
    pass(20);
    assertThat(said).hasSize(1);
  }

  @Test
  void aPictureInBetweenBeginsAnew() {
    pass(15);
    plain = false;
    pass(1);
    plain = true;
    pass(15);
    assertThat(said).isEmpty();
    assertThat(asked).isZero();
  }

  @Test
  void onePageDoesNotFillTheReport() {
    for (int i = 0; i < 10; i++) {
      plain = true;
      pass(30);
      plain = false;
      pass(1);
    }
    assertThat(said).hasSize(3);
  }
}
