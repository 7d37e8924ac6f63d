package org.pagereel.recorder.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.MixLayout.Place;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamNames;

/** Who sits where: places are named by their x. */
class SeatingTest {
  private final List<Segment> segments = new ArrayList<>();

  @Test
  void sparePlacesInTheOrderOfComing() {
    there("b", 1, 10);
    there("a", 0, 10);
    assertThat(seats(layout(StreamNames.DEFAULT.whiteboard(), null, null)))
        .containsExactlyInAnyOrder("a@1 0-10", "b@2 1-10");
  }

  @Test
  void whoWasThereAtTheBeginningSitsInTheOrderOfComing() {
    segments.add(new Segment("x.mkv", new StreamKey("a", Kind.CAMERA), 40_000, 9_000_000, 2, 2));
    segments.add(new Segment("x.mkv", new StreamKey("b", Kind.CAMERA), 0, 9_000_000, 2, 2));
    assertThat(seats(layout(null, null))).containsExactlyInAnyOrder("a@0 0-9", "b@1 0-9");
  }

  @Test
  void whoFindsNoneWaits() {
    there("a", 0, 4);
    there("b", 0, 10);
    there("c", 2, 10);
    assertThat(seats(layout(null, null)))
        .containsExactlyInAnyOrder("a@0 0-4", "b@1 0-10", "c@0 4-10");
  }

  @Test
  void whoReturnsTakesHisOldPlaceIfItIsFree() {
    there("a", 0, 4);
    there("b", 0, 3);
    there("b", 6, 10);
    there("a", 7, 10);
    assertThat(seats(layout(null, null)))
        .containsExactlyInAnyOrder("a@0 0-4", "b@1 0-3", "b@1 6-10", "a@0 7-10");
  }

  @Test
  void aNamedPlaceIsKeptForItsOwner() {
    there("student", 0, 10);
    there("teacher", 5, 10);
    assertThat(seats(layout("teacher", null)))
        .containsExactlyInAnyOrder("student@1 0-10", "teacher@0 5-10");
  }

  @Test
  void namesArePrefixesAndTheFirstToComeWins() {
    there("tea1", 2, 10);
    there("tea2", 0, 6);
    assertThat(seats(layout("tea"))).containsExactlyInAnyOrder("tea2@0 0-6", "tea1@0 6-10");
  }

  @Test
  void aTeachersPlaceIsForThatUserAlone() {
    there("t10", 0, 10);
    there("t1", 2, 10);
    MixLayout layout =
        new MixLayout(
            "2",
            100,
            100,
            0,
            true,
            List.of(
                new Place("t1", true, 0, 0, 10, 10, 0, 0, Fill.FIT),
                Place.of(null, 1, 0, 10, 10, 0, 0, Fill.FIT)));
    assertThat(seats(layout)).containsExactlyInAnyOrder("t10@1 0-10", "t1@0 2-10");
  }

  @Test
  void screensHaveTheirOwnPlaces() {
    segments.add(segment("a", Kind.SCREEN, 0, 10));
    there("a", 0, 10);
    assertThat(seats(layout("@screen", null)))
        .containsExactlyInAnyOrder("@screen_a@0 0-10", "a@1 0-10");
  }

  @Test
  void aPauseOrAnotherSizeIsNoAbsence() {
    there("a", 0, 4);
    there("b", 1, 10);
    there("a", 4, 10);
    there("c", 2, 10);
    assertThat(seats(layout(null, null))).containsExactlyInAnyOrder("a@0 0-10", "b@1 1-10");
  }

  @Test
  void theWhiteboardsPlaceIsForNobodyElse() {
    there(StreamNames.DEFAULT.whiteboard() + "_x", 0, 10);
    assertThat(seats(layout(StreamNames.DEFAULT.whiteboard()))).isEmpty();
  }

  private void there(String user, int from, int to) {
    segments.add(segment(user, Kind.CAMERA, from, to));
  }

  private static Segment segment(String user, Kind kind, int from, int to) {
    return new Segment(
        "x.mkv", new StreamKey(user, kind), from * 1_000_000L, to * 1_000_000L, 640, 360);
  }

  private static MixLayout layout(@Nullable String... names) {
    List<Place> places = new ArrayList<>();
    for (String name : Arrays.asList(names)) {
      places.add(Place.of(name, places.size(), 0, 10, 10, 0, 0, Fill.FIT));
    }
    return new MixLayout("custom", 100, 100, 0, true, places);
  }

  private List<String> seats(MixLayout layout) {
    return Seating.of(
            layout,
            StreamNames.DEFAULT,
            Presence.of(segments, segments.stream().map(Segment::key).toList()))
        .stream()
        .map(seat ->
            "%s@%d %d-%d"
                .formatted(
                    StreamNames.DEFAULT.of(seat.key().kind(), seat.key().userId()),
                    seat.place().x(),
                    seat.from() / 1_000_000,
                    seat.to() / 1_000_000))
        .toList();
  }
}
