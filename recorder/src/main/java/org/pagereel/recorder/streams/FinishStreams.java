package org.pagereel.recorder.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamFiles.Omitted;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.mix.MadeFile;
import org.pagereel.recorder.wire.Json;

/**
 * Makes a recording's files out of what the journal lists: MP4 and MP3 of each stream, joined and
 * mixed as the plan says. What cannot be made is named and costs nothing else. May be done again:
 * the sources go when everything is made.
 */
public final class FinishStreams {
  private final Path folder;
  private final StreamJournal journal;
  private final StreamsPlan plan;
  private final List<Board> boards;
  private final List<Omitted> pauses;
  private final Duration total;
  private final StreamsProgress work;
  private final List<StreamFile> files = new ArrayList<>();
  private final List<String> missing;

  private FinishStreams(
      Path folder,
      StreamJournal journal,
      List<Board> boards,
      List<Omitted> pauses,
      Duration total,
      StreamsProgress work,
      List<String> missing) {
    this.folder = folder;
    this.journal = journal;
    this.plan = journal.plan();
    this.boards = boards;
    this.pauses = pauses;
    this.total = total;
    this.work = work;
    this.missing = missing;
  }

  /**
   * Makes the files and {@link StreamFiles#FILE}; does nothing where no streams were wanted.
   *
   * @param boards the finished videos of the page itself
   * @param total the recorded time
   * @param start where the folder's own streams begin in it: behind those of other nodes
   * @param progress told how much of the work is done, 0 to 1
   */
  public static void make(
      Path folder,
      List<Board> boards,
      List<Omitted> pauses,
      Duration total,
      Duration start,
      DoubleConsumer progress) {
    List<String> missing = new ArrayList<>();
    Optional<StreamJournal> journal = EarlierStreams.withOwn(folder, start, missing);
    if (journal.isPresent() && !isComplete(folder, journal.get())) {
      StreamsProgress work = new StreamsProgress(progress);
      new FinishStreams(folder, journal.get(), boards, pauses, total, work, missing).make();
    }
  }

  /** The sources go when everything is made. */
  private static boolean isComplete(Path folder, StreamJournal journal) {
    return Files.exists(folder.resolve(StreamFiles.FILE))
        && journal.segments().stream().noneMatch(one -> Files.exists(folder.resolve(one.file())));
  }

  /** Whether this folder's files are to be split at pauses. */
  public static boolean splitsAtPauses(Path folder) {
    return EarlierStreams.withOwn(folder, Duration.ZERO, new ArrayList<>())
        .filter(journal -> !journal.plan().concat())
        .isPresent();
  }

  private void make() {
    List<Segment> segments = Measured.segments(folder, journal.segments(), total, missing);
    MixLayout layout = plan.mix();
    work.expect(segments.size() + (layout == null ? 0 : 3.0 * (segments.size() + boards.size())));
    if (plan.ruleFor(plan.names().whiteboard()).record()) {
      boards.forEach(this::board);
    }
    try {
      streams(segments).forEach(this::stream);
      if (layout != null) {
        MakeMix mix = new MakeMix(folder, journal, layout, boards, segments, work, missing);
        files.addAll(mix.make(total, plan.concat() ? List.of() : pauses));
      }
    } catch (RecordingFailure e) {
      missing.add(String.valueOf(e.getMessage()));
      write(); // what there is counts; the sources stay for the rest
      throw e;
    }
    write();
    if (missing.isEmpty()) {
      journal.segments().forEach(one -> Sources.delete(folder.resolve(one.file())));
    }
  }

  private void board(Board board) {
    files.add(
        new StreamFile(
            board.file(),
            Kind.WHITEBOARD,
            "",
            board.start() / 1000,
            board.duration() / 1000,
            board.bytes(),
            board.width(),
            board.height()));
  }

  /** Those that become one file; one each, unless they are to be joined. */
  private List<List<Segment>> streams(List<Segment> segments) {
    if (!plan.concat()) {
      return segments.stream().map(List::of).toList();
    }
    Map<StreamKey, List<Segment>> streams = new LinkedHashMap<>();
    segments.forEach(one -> streams.computeIfAbsent(one.key(), key -> new ArrayList<>()).add(one));
    // Sound alone is not joined: there would have to be a picture.
    return streams.values().stream()
        .flatMap(parts ->
            parts.stream().allMatch(part -> part.width() == 0)
                ? parts.stream().map(List::of)
                : Stream.of(parts))
        .toList();
  }

  private void stream(List<Segment> parts) {
    Segment first = parts.getFirst();
    String name = first.file().replace(StreamJournal.SUFFIX, ".mp4");
    try {
      MadeFile made =
          parts.size() == 1
              ? Sources.mp4(folder, first, name)
              : Joined.make(folder, parts, name, plan.filler() != null, missing);
      work.done(parts.size());
      files.add(file(name, first.key().kind(), first, made));
      if (plan.audioFiles()) {
        String sound = name.replace(".mp4", ".mp3");
        Sources.mp3(folder, name, sound, made.duration())
            .ifPresent(mp3 -> files.add(file(sound, Kind.SOUND, first, mp3)));
      }
    } catch (RecordingFailure e) {
      if (e.category() == FailureCategory.CAPACITY) {
        throw e; // a full disk is no defect of this stream
      }
      missing.add(name + ": " + e.getMessage());
    }
  }

  private static StreamFile file(String name, Kind kind, Segment first, MadeFile made) {
    return new StreamFile(
        name,
        kind,
        first.key().userId(),
        first.start() / 1000,
        made.duration().toMillis(),
        made.bytes(),
        kind == Kind.SOUND ? 0 : made.width(),
        kind == Kind.SOUND ? 0 : made.height());
  }

  private void write() {
    long end =
        files.stream().mapToLong(one -> one.startMillis() + one.durationMillis()).max().orElse(0);
    StreamFiles made = new StreamFiles(end, files, journal.interrupts(), pauses, missing);
    Path target = folder.resolve(StreamFiles.FILE);
    try {
      WholeFile.write(target, Json.PRETTY.writeValueAsString(made) + "\n");
    } catch (IOException e) {
      throw new RecordingFailure(FailureCategory.CAPACITY, "Cannot write " + target + ": " + e, e);
    }
  }
}
