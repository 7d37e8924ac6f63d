package org.pagereel.recorder.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.timeline.Timeline.Piece;

class TimelineTest {
  private final Timeline timeline = new Timeline(1);

  @Test
  void nothingHasMediaTimeBeforeTheFirstSpan() {
    assertThat(timeline.mediaAt(5)).isEmpty();
    assertThat(timeline.duration(1000)).isZero();
  }

  @Test
  void aPauseDoesNotExistInMediaTime() {
    timeline.begin(100);
    timeline.pause(200);
    timeline.resume(900);

    assertThat(timeline.mediaAt(199)).isEqualTo(OptionalLong.of(99));
    assertThat(timeline.mediaAt(200)).isEmpty();
    assertThat(timeline.mediaAt(899)).isEmpty();
    assertThat(timeline.mediaAt(900)).isEqualTo(OptionalLong.of(100));
    assertThat(timeline.duration(950)).isEqualTo(150);
    assertThat(timeline.duration(800)).isEqualTo(100);
    assertThat(timeline.duration(150)).isEqualTo(50);
    assertThat(timeline.duration(50)).isZero();
  }

  @Test
  void aStretchAcrossAPauseFallsIntoPieces() {
    timeline.begin(100);
    timeline.pause(200);
    timeline.resume(300);

    assertThat(timeline.recorded(50, 350))
        .isEqualTo(List.of(new Piece(100, 200, 0, true), new Piece(300, 350, 100, true)));
    assertThat(timeline.recorded(120, 180)).isEqualTo(List.of(new Piece(120, 180, 20, false)));
    assertThat(timeline.recorded(210, 290)).isEmpty();
  }

  @Test
  void ordersThatDoNotFitChangeNothing() {
    assertThat(timeline.pause(5)).isFalse();
    assertThat(timeline.resume(6)).isFalse();
    assertThat(timeline.begin(10)).isTrue();
    assertThat(timeline.begin(15)).isFalse();
    assertThat(timeline.resume(20)).isFalse();
    assertThat(timeline.pause(30)).isTrue();
    assertThat(timeline.pause(40)).isFalse();
    assertThat(timeline.duration(50)).isEqualTo(20);
    timeline.end(60);
    assertThat(timeline.resume(70)).isFalse();
    assertThat(timeline.duration(80)).isEqualTo(20);
  }
}
