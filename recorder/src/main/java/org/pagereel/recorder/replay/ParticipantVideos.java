package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.LinkedFile;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.av.MediaCheck;
import org.pagereel.recorder.av.MediaFacts;
import org.pagereel.recorder.mix.Cell;
import org.pagereel.recorder.mix.MixInput;
import org.pagereel.recorder.mix.MixPlan;
import org.pagereel.recorder.mix.Mixer;

/**
 * Participants' files as people play them: as they are, or made anew where no browser plays them.
 */
final class ParticipantVideos {
  static final String NAME = "stream";
  private static final int KBPS = 1000;

  /** A file that ends so much before it says is broken. */
  private static final Duration MAX_SHORT = Duration.ofSeconds(2);

  private final Path folder;
  private final Path parts;
  private final int fps;
  private final ReplayWork work;
  private final List<String> missing;

  /**
   * Makes them.
   *
   * @param folder gets the videos when all are made; until then they are among the parts
   */
  ParticipantVideos(Path folder, Path parts, int fps, ReplayWork work, List<String> missing) {
    this.folder = folder;
    this.parts = parts;
    this.fps = fps;
    this.work = work;
    this.missing = missing;
  }

  /** Makes all that can be made; what cannot is noted. */
  List<StreamFile> make(List<Collected.Here> all, long zero) throws IOException {
    for (Collected.Here one : all) {
      work.expect(part(one).getFileName().toString(), one.facts().isPlayable() ? 1 : seconds(one));
    }
    List<Collected.Here> made = new ArrayList<>();
    for (Collected.Here one : all) {
      if (isMade(one)) {
        made.add(one);
      }
    }
    Set<String> taken =
        all.stream().map(one -> one.video().url()).collect(Collectors.toUnmodifiableSet());
    List<StreamFile> files = new ArrayList<>();
    int number = 0;
    for (Collected.Here one : made) {
      String name;
      do {
        name = "%s-%d.mp4".formatted(NAME, ++number);
      } while (taken.contains(name)); // a file of the class may have that name
      files.add(file(one, name, zero));
      Files.move(part(one), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    return files;
  }

  private StreamFile file(Collected.Here one, String name, long zero) throws IOException {
    MediaFacts facts = MediaFacts.of(part(one));
    return new StreamFile(
        name,
        one.video().kind(),
        one.video().userId(),
        one.wall() - zero,
        facts.duration().toMillis(),
        Files.size(part(one)),
        facts.width(),
        facts.height());
  }

  private Path part(Collected.Here one) {
    return parts.resolve("%s-%03d.mp4".formatted(NAME, one.number()));
  }

  private static double seconds(Collected.Here one) {
    return one.facts().duration().toMillis() / 1e3;
  }

  private boolean isMade(Collected.Here one) throws IOException {
    Path target = part(one);
    try {
      if (!PartNotes.isDone(target)) {
        List<String> lost = new ArrayList<>();
        if (one.facts().isPlayable() && isWhole(one)) {
          link(one.file(), target);
        } else {
          lost.addAll(encode(one, target));
        }
        PartNotes.write(target, lost);
      }
      missing.addAll(PartNotes.read(target));
      work.progress(target.getFileName().toString(), 1);
      return true;
    } catch (RecordingFailure e) {
      if (e.category() == FailureCategory.CAPACITY) {
        throw e;
      }
      missing.add(one.video().title() + ": " + e.getMessage());
      return false;
    }
  }

  /** Its head may promise more than it holds. */
  private static boolean isWhole(Collected.Here one) {
    try {
      Duration length = MediaCheck.length(one.file());
      return length.plus(MAX_SHORT).compareTo(one.facts().duration()) >= 0;
    } catch (RecordingFailure e) {
      return false;
    }
  }

  private static void link(Path file, Path target) throws IOException {
    Files.deleteIfExists(target);
    LinkedFile.make(file, target);
  }

  private List<String> encode(Collected.Here one, Path target) {
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
    return Mixer.mix(plan, work.mixing(target.getFileName().toString())).missing();
  }
}
