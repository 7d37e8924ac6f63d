package org.pagereel.recorder.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameGridTest {
  private final FrameGrid grid = new FrameGrid(30);

  @Test
  void paintsAtTheRateLoseNothingHoweverTheyJitter() {
    Random random = new Random(1);
    long last = -1;
    for (int i = 0; i < 10_000; i++) {
      long jitter = random.nextInt(-16_000, 16_000);
      long frame = grid.frameFor(Math.round(i * 1e6 / 30) + jitter);
      assertThat(frame).isGreaterThan(last);
      assertThat(Math.abs(frame - i)).isLessThanOrEqualTo(2);
      last = frame;
    }
  }

  @Test
  void whatComesTooFastIsLeftToTheNextPicture() {
    int placed = 0;
    for (int i = 0; i < 600; i++) {
      placed += grid.frameFor(Math.round(i * 1e6 / 60)) >= 0 ? 1 : 0;
    }
    assertThat(placed).isBetween(299, 303);
  }

  @Test
  void aKeyframeAlwaysFindsItsPlace() {
    assertThat(grid.nextFrameFor(0)).isZero();
    assertThat(grid.nextFrameFor(0)).isEqualTo(1);
    assertThat(grid.nextFrameFor(1_000_000)).isEqualTo(30);
  }

  @Test
  void theLastFrameIsTheOneBeforeTheEnd() {
    grid.nextFrameFor(0);
    assertThat(grid.lastFrameBefore(2_000_000)).isEqualTo(59);
    assertThat(grid.lastFrameBefore(2_000_000)).isEqualTo(-1);
    assertThat(grid.mediaMicros(59)).isEqualTo(1_966_667);
  }
}
