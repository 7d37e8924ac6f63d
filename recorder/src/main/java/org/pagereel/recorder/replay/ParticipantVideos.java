package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.media.MediaFacts;
import org.pagereel.recorder.mix.Cell;
import org.pagereel.recorder.mix.MixInput;
import org.pagereel.recorder.mix.MixPlan;
import org.pagereel.recorder.mix.MixResult;
import org.pagereel.recorder.mix.Mixer;

/** A participant's file as people play it: as it is, or made anew where no browser plays it. */
final class ParticipantVideos {
  private static final int KBPS = 1000;

  private final Path folder;
  private final int fps;
  private final ReplayWork work;
  private final List<String> missing;

  ParticipantVideos(Path folder, int fps, ReplayWork work, List<String> missing) {
    this.folder = folder;
    this.fps = fps;
    this.work = work;
    this.missing = missing;
  }

  /** Makes it; empty when that cannot be done, which is noted. */
  Optional<StreamFile> make(Collected.Here one, long zero, int number) throws IOException {
    String name = "video-%d.mp4".formatted(number + 1);
    Path target = folder.resolve(name);
    try {
      MediaFacts facts = one.facts();
      if (!Files.exists(target)) {
        if (facts.isPlayable()) {
          link(one.file(), target);
        } else {
          encode(one, target);
        }
      }
      return Optional.of(
          new StreamFile(
              name,
              one.video().kind(),
              one.video().userId(),
              one.wall() - zero,
              facts.duration().toMillis(),
              Files.size(target),
              facts.width(),
              facts.height()));
    } catch (RecordingFailure e) {
      if (e.category() == FailureCategory.CAPACITY) {
        throw e;
      }
      missing.add(one.video().title() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, target); // another disk
    }
  }

  private void encode(Collected.Here one, Path target) {
    MediaFacts facts = one.facts();
    Duration length = facts.duration();
    boolean picture = facts.width() > 0;
    int width = picture ? facts.width() : 2;
    int height = picture ? facts.height() : 2;
    Cell whole = picture ? new Cell(0, 0, width, height, 0, 0, Fill.FIT) : null;
    MixInput input =
        new MixInput(one.file(), Duration.ZERO, length, Duration.ZERO, whole, facts.hasSound());
    MixPlan plan =
        new MixPlan(width, height, fps, KBPS, 0, length, facts.hasSound(), List.of(input), target);
    MixResult result = Mixer.mix(plan, work.mixing(target.getFileName().toString()));
    missing.addAll(result.missing());
  }
}
