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

  /** On a busy machine one paint in fifty comes late, by less than a frame; all others do not. */
  @Test
  void aLatePaintIsInNobodysWay() {
    Random random = new Random(5);
    grid.begin(0, true);
    for (long i = 1; i < 20_000; i++) {
      double late = i > 10 && random.nextInt(50) == 0 ? 0.55 + 0.15 * random.nextDouble() : 0;
      double jitter = random.nextDouble(-0.1, 0.1) * (late > 0 ? 0 : 1);
      assertThat(grid.frameFor(Math.round((i + late + jitter) * 1e6 / 30)))
          .as("paint %d, late by %.2f frames", i, late)
          .isEqualTo(i);
    }
  }

  /**
   * The page rests, its picture is repeated, and it paints again: no repeat takes a paint's frame.
   */
  @Test
  void aRepeatedPictureIsInNoPaintsWay() {
    double phase = 0.4;
    grid.begin(0, false);
    long frame = 1;
    Random random = new Random(7);
    grid.frameFor(micros(frame + phase));
    for (int turn = 0; turn < 2_000; turn++) {
      int rest = random.nextInt(3, 20);
      for (double at = 3; at < rest + 0.9; at++) {
        grid.repeatFor(micros(frame + phase + at));
      }
      frame += rest;
      for (int paint = 0; paint < 30; paint++) {
        assertThat(grid.frameFor(micros(frame + phase))).isEqualTo(frame);
        frame++;
      }
      frame--;
    }
  }

  /** The first picture of a recording is repeated at once, until it has left the encoder. */
  @Test
  void eachRepeatOfAPictureAtRestHasAFrame() {
    long first = grid.begin(0, true);
    for (int i = 1; i <= 6; i++) {
      assertThat(grid.repeatFor(micros(i + 0.02))).isEqualTo(first + i);
    }
  }

  private static long micros(double frames) {
    return Math.round(frames * 1e6 / 30);
  }

  /** A page that paints every other frame is not late. */
  @Test
  void aPageThatPaintsMoreSeldomKeepsItsTime() {
    Random random = new Random(6);
    grid.begin(0, true);
    for (long i = 2; i < 20_000; i += 2) {
      double jitter = random.nextDouble(-0.2, 0.5);
      assertThat(grid.frameFor(Math.round((i + jitter) * 1e6 / 30))).isEqualTo(i);
    }
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
