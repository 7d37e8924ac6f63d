package org.pagereel.recorder.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.StreamFiles.Kind;

/**
 * Who has which small picture. A participant keeps the first one that was free when he came, gets
 * it back when he returns if nobody else has it by then, and leaves it free when he is gone.
 */
final class SmallPictures {
  private final @Nullable String teacher;
  private final Map<PlacedVideo, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> last = new HashMap<>();
  private final List<PlacedVideo> present = new ArrayList<>();
  private int most;

  private SmallPictures(@Nullable String teacher) {
    this.teacher = teacher;
  }

  /**
   * Seats the cameras.
   *
   * @param teacher has number 0, and nobody else; null for no such user
   */
  static SmallPictures of(List<PlacedVideo> videos, @Nullable String teacher) {
    List<PlacedVideo> cameras =
        videos.stream()
            .filter(video -> video.kind() == Kind.CAMERA && video.hasPicture())
            .sorted(Comparator.comparingLong(PlacedVideo::start).thenComparing(PlacedVideo::userId))
            .toList();
    boolean comes =
        teacher != null && cameras.stream().anyMatch(video -> video.userId().equals(teacher));
    SmallPictures seats = new SmallPictures(comes ? teacher : null);
    cameras.forEach(seats::seat);
    return seats;
  }

  private void seat(PlacedVideo video) {
    present.removeIf(one -> one.end() <= video.start());
    int number = number(video);
    numbers.put(video, number);
    last.put(video.userId(), number);
    present.add(video);
    most = Math.max(most, number + 1);
  }

  private int number(PlacedVideo video) {
    if (video.userId().equals(teacher)) {
      return 0;
    }
    Integer before = last.get(video.userId());
    if (before != null && before < ClassLayout.MOST && isFree(before, video.userId())) {
      return before;
    }
    int number = teacher == null ? 0 : 1;
    while (!isFree(number, video.userId())) {
      number++;
    }
    return number;
  }

  /** Two files of one participant may overlap: he still has one picture. */
  private boolean isFree(int number, String user) {
    return present.stream()
        .noneMatch(one -> numbers.getOrDefault(one, -1) == number && !one.userId().equals(user));
  }

  /** The largest number of pictures that are needed at once. */
  int most() {
    return most;
  }

  /** The number of this camera's picture, from 0. */
  int of(PlacedVideo camera) {
    return numbers.getOrDefault(camera, 0);
  }
}
