package org.pagereel.recorder.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.StreamFiles.Kind;

/** Who has which small picture while people come and go. */
class SmallPicturesTest {
  private final List<PlacedVideo> videos = new ArrayList<>();

  @Test
  void everybodyInTheOrderInWhichTheyCame() {
    PlacedVideo anna = camera("anna", 0, 60);
    PlacedVideo ben = camera("ben", 10, 60);
    PlacedVideo carl = camera("carl", 5, 60);
    SmallPictures seats = SmallPictures.of(videos, null);
    assertThat(List.of(seats.of(anna), seats.of(carl), seats.of(ben))).containsExactly(0, 1, 2);
    assertThat(seats.most()).isEqualTo(3);
  }

  @Test
  void aPlaceThatIsFreeIsTakenAgain() {
    camera("anna", 0, 20);
    camera("ben", 0, 60);
    PlacedVideo carl = camera("carl", 30, 60);
    PlacedVideo annaAgain = camera("anna", 40, 60);
    SmallPictures seats = SmallPictures.of(videos, null);
    assertThat(seats.of(carl)).isZero();
    assertThat(seats.of(annaAgain)).as("hers is taken").isEqualTo(2);
  }

  @Test
  void whoReturnsGetsTheirOwnPlace() {
    camera("anna", 0, 60);
    camera("ben", 0, 20);
    PlacedVideo second = camera("ben", 30, 60);
    assertThat(SmallPictures.of(videos, null).of(second)).isEqualTo(1);
  }

  @Test
  void thirtyMinuteFilesOfOneCameraHaveOnePlace() {
    PlacedVideo first = camera("anna", 0, 31);
    camera("ben", 1, 60);
    PlacedVideo second = camera("anna", 30, 60);
    SmallPictures seats = SmallPictures.of(videos, null);
    assertThat(seats.of(first)).isEqualTo(seats.of(second)).isZero();
    assertThat(seats.most()).isEqualTo(2);
  }

  @Test
  void theTeachersPlaceIsKept() {
    PlacedVideo anna = camera("anna", 0, 60);
    PlacedVideo teacher = camera("teacher", 30, 60);
    SmallPictures seats = SmallPictures.of(videos, "teacher");
    assertThat(seats.of(teacher)).isZero();
    assertThat(seats.of(anna)).isEqualTo(1);
    assertThat(SmallPictures.of(videos, "nobody").of(anna)).as("no such teacher").isZero();
  }

  @Test
  void theSeventeenthHasNoPictureInTheLayout() {
    for (int i = 0; i < 17; i++) {
      camera("user%02d".formatted(i), i, 60);
    }
    SmallPictures seats = SmallPictures.of(videos, null);
    assertThat(seats.most()).isEqualTo(17);
    ClassLayout layout = new ClassLayout(1920, 1080, seats.most());
    assertThat(layout.small(seats.of(videos.get(15)))).isNotNull();
    assertThat(layout.small(seats.of(videos.get(16)))).isNull();
  }

  @Test
  void screensAndSoundsTakeNoPlace() {
    videos.add(new PlacedVideo("anna", Kind.SCREEN, Path.of("s"), 0, 60, true, true));
    videos.add(new PlacedVideo("ben", Kind.CAMERA, Path.of("b"), 0, 60, false, true));
    assertThat(SmallPictures.of(videos, null).most()).isZero();
  }

  private PlacedVideo camera(String user, long from, long to) {
    PlacedVideo video =
        new PlacedVideo(
            user, Kind.CAMERA, Path.of(user + from), from * 1_000_000, to * 1_000_000, true, true);
    videos.add(video);
    return video;
  }
}
