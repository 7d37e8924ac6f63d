package org.pagereel.recorder.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.timeline.MediaSpeed;
import org.pagereel.recorder.timeline.Timeline;

class FrameGridTest {
  private final FrameGrid grid = new FrameGrid(30);

  @Test
  void paintsAtTheRateLoseNothingHoweverTheyJitterAndLie() {
    for (int offset = 0; offset < 33_000; offset += 3_000) {
      FrameGrid fresh = new FrameGrid(30);
      fresh.begin(0, false);
      Random random = new Random(offset);
      fresh.frameFor(offset); // may fall into the first frame
      long last = 0;
      for (int i = 1; i < 5_000; i++) {
        long media = offset + Math.round(i * 1e6 / 30);
        long frame = fresh.frameFor(media + random.nextInt(-9_000, 9_000));
        assertThat(frame).isGreaterThan(last);
        assertThat(Math.abs(fresh.mediaMicros(frame) - media)).isLessThan(20_000);
        last = frame;
      }
    }
  }

  /** Chromium's frames last whole microseconds: 33,333 at 30 fps. */
  @Test
  void paintsStayInTheSamePlaceForADay() {
    for (int fps = 5; fps <= 60; fps++) {
      FrameGrid fresh = new FrameGrid(fps);
      Timeline timeline = new Timeline(MediaSpeed.at(fps));
      timeline.begin(0);
      long paint = 1_000_000 / fps;
      for (long i = 1; i <= 24L * 3600 * fps; i += fps * 7 + 1) {
        long media = timeline.mediaAt(i * paint).orElseThrow();
        assertThat(fresh.nextFrameFor(media)).isEqualTo(i);
        assertThat(fresh.mediaMicros(i)).isCloseTo(media, within(2L));
      }
    }
  }

  @Test
  void whatComesTooFastIsLeftToTheNextPicture() {
    int placed = 0;
    for (int i = 0; i < 600; i++) {
      placed += grid.frameFor(Math.round(i * 1e6 / 60)) >= 0 ? 1 : 0;
    }
    assertThat(placed).isBetween(298, 303);
  }

  @Test
  void aSpanAlwaysBeginsWithAPicture() {
    assertThat(grid.begin(0, true)).isZero();
    assertThat(grid.begin(0, false)).isEqualTo(1);
    assertThat(grid.begin(1_000_000, false)).isEqualTo(30);
  }

  @Test
  void theLastFrameIsTheOneBeforeTheEnd() {
    grid.begin(0, true);
    assertThat(grid.lastFrameBefore(2_000_000)).isEqualTo(59);
    assertThat(grid.lastFrameBefore(2_000_000)).isEqualTo(-1);
    assertThat(grid.mediaMicros(59)).isEqualTo(1_966_667);
  }
}
