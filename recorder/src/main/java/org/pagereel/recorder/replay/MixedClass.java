package org.pagereel.recorder.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.ReplayRequest.Mix;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.mix.Cell;
import org.pagereel.recorder.mix.MixInput;
import org.pagereel.recorder.mix.MixPlan;
import org.pagereel.recorder.mix.MixResult;
import org.pagereel.recorder.mix.Mixer;
import org.pagereel.recorder.replay.Parts.Part;

/** The inputs of a class's mixed video. */
final class MixedClass {
  static final String NAME = "mix";

  private static final int FULL_HD = 1920 * 1080;
  private static final int FULL_HD_KBPS = 1500;

  private final Mix mix;
  private final int fps;
  private final List<PlacedVideo> videos;
  private final SmallPictures seats;
  private final ClassLayout layout;

  MixedClass(Mix mix, int fps, List<PlacedVideo> videos) {
    this.mix = mix;
    this.fps = fps;
    this.videos = videos;
    seats = SmallPictures.of(videos, mix.teacherId());
    layout = new ClassLayout(width(), height(), seats.most());
  }

  int width() {
    return mix.width() == null ? 0 : mix.width();
  }

  int height() {
    return mix.height() == null ? 0 : mix.height();
  }

  /** The place of the board. */
  Cell board() {
    return layout.big(0);
  }

  /** Whether a board of this size is the whole picture all the time. */
  boolean showsBoardOnly(BoardSize size) {
    return size.width() == width() && size.height() == height() && !showsPeople();
  }

  /** Whether there is any picture beside the board. */
  boolean showsPeople() {
    return videos.stream().anyMatch(PlacedVideo::hasPicture);
  }

  /** Whether there is any sound. */
  boolean isHeard() {
    return videos.stream().anyMatch(PlacedVideo::hasSound);
  }

  /** Those who are heard and not seen, because there are too many. */
  List<String> unseen() {
    return videos.stream()
        .filter(video -> video.kind() == Kind.CAMERA && video.hasPicture())
        .filter(video -> seats.of(video) >= ClassLayout.MOST)
        .map(PlacedVideo::userId)
        .distinct()
        .toList();
  }

  boolean isDone(Part part, Path folder) {
    return PartNotes.isDone(folder.resolve(part.file(NAME)));
  }

  /**
   * Makes the pictures of a part, unless they are there.
   *
   * @param board the board's video of this part; null where nobody draws
   * @param lost the known gaps in it
   * @return what could not be shown
   */
  List<String> make(
      Part part, @Nullable Path board, List<String> lost, Path folder, ReplayWork work) {
    Path target = folder.resolve(part.file(NAME));
    if (PartNotes.isDone(target)) {
      work.progress(part.file(NAME), 1);
      return PartNotes.read(target);
    }
    List<MixInput> inputs = new ArrayList<>();
    if (board != null) {
      inputs.add(
          new MixInput(board, Duration.ZERO, part.duration(), Duration.ZERO, board(), false));
    }
    for (PlacedVideo video : videos) {
      Cell cell = cell(video);
      if (cell != null) {
        add(inputs, video, part.from() * 1000, part.to() * 1000, cell, false);
      }
    }
    int kbps = (int) Math.max(300, FULL_HD_KBPS * Math.sqrt((double) width() * height() / FULL_HD));
    MixPlan plan =
        new MixPlan(width(), height(), fps, kbps, 0, part.duration(), false, inputs, target);
    MixResult result = Mixer.mix(plan, work.mixing(part.file(NAME)));
    List<String> all = new ArrayList<>(lost);
    all.addAll(result.missing());
    PartNotes.write(target, all);
    return all;
  }

  /** All that is to be heard. */
  List<MixInput> sounds(long totalMillis) {
    List<MixInput> inputs = new ArrayList<>();
    for (PlacedVideo video : videos) {
      if (video.hasSound()) {
        add(inputs, video, 0, totalMillis * 1000, null, true);
      }
    }
    return inputs;
  }

  private @Nullable Cell cell(PlacedVideo video) {
    if (!video.hasPicture()) {
      return null;
    }
    return video.kind() == Kind.CAMERA ? layout.small(seats.of(video)) : layout.big(1);
  }

  /** The part of a file within a stretch of the class, on a mix that begins with the stretch. */
  private static void add(
      List<MixInput> inputs,
      PlacedVideo video,
      long from,
      long to,
      @Nullable Cell cell,
      boolean sound) {
    long begins = Math.max(video.start(), from);
    long ends = Math.min(video.end(), to);
    if (begins < ends) {
      inputs.add(
          new MixInput(
              video.file(),
              Durations.ofMicros(begins - from),
              Durations.ofMicros(ends - from),
              Durations.ofMicros(begins - video.start()),
              cell,
              sound));
    }
  }
}
