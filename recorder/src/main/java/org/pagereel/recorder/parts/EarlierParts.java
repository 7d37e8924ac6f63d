package org.pagereel.recorder.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.LinkedFile;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.Report.Gap;
import org.pagereel.recorder.Report.Interval;
import org.pagereel.recorder.Report.SliceEntry;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.slices.Slice;
import org.pagereel.recorder.slices.SliceEntries;
import org.pagereel.recorder.slices.SliceFiles;
import org.pagereel.recorder.slices.SliceRepair;
import org.pagereel.recorder.streams.EarlierStreams;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;
import tools.jackson.core.JacksonException;

/**
 * What other nodes have recorded before the part in a folder, brought into this folder: then it is
 * like that of a recording that was always here. Slices are linked, not copied. Whoever has
 * recorded them may still be at work, and keeps all of its own; of two parts that overlap the
 * earlier one is cut where the later one begins.
 *
 * <p>A part that has a report that is over was completed by its node: it has everything before it,
 * unless it has nothing.
 */
public final class EarlierParts {
  /** Their joined report, written when all of their files are here. */
  public static final String FILE = "earlier.json";

  private static final String BROKEN = ".broken";

  /** A page that was put out longer ago came back by itself. */
  public static final Duration OUT = Duration.ofMinutes(1);

  private final Path folder;

  private EarlierParts(Path folder) {
    this.folder = folder;
  }

  private record Part(Path folder, Report report) {
    boolean hasBegun() {
      return report.startedAt() != null;
    }
  }

  /**
   * Brings them here; once they are, it only reads their report.
   *
   * @param folder of a part, beside the others
   * @param until what they have recorded later does not count; null if all of it does
   * @return the joined report of all; empty when there are none
   */
  public static Optional<Report> join(Path folder, @Nullable Instant until) throws IOException {
    Path known = folder.resolve(FILE);
    if (Files.exists(known)) {
      return Optional.of(read(known));
    }
    List<Part> parts = parts(folder);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Report joined = new EarlierParts(folder).join(parts, until).warned(unreadable(folder, until));
    WholeFile.write(known, Json.PRETTY.writeValueAsString(joined) + "\n");
    return Optional.of(joined);
  }

  /** What a part has besides the files of a recording. */
  public static boolean isNote(String file) {
    return file.equals(FILE) || file.equals(EarlierStreams.FILE);
  }

  /**
   * The report of everything so far, by the last part: with what was recorded before, where that
   * was brought there.
   *
   * @param file a report
   * @throws IOException as {@link ReportFile#read}
   */
  public static Report report(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Report own = ReportFile.read(Objects.requireNonNull(folder));
    Path earlier = folder.resolve(FILE);
    return own.isOver() || !Files.exists(earlier)
        ? own
        : JoinedReport.of(read(earlier), own, own.fps());
  }

  private static Report read(Path file) throws IOException {
    return Json.PRETTY.readValue(Files.readString(file), Report.class);
  }

  /** The bytes of the slices that other nodes have recorded before the part in this folder. */
  public static long bytes(Path folder) throws IOException {
    Map<String, Long> bytes = new HashMap<>(); // a part has those before it, too
    for (Part part : parts(folder)) {
      for (SliceFiles.Name slice : SliceFiles.in(part.folder())) {
        bytes.put(slice.file(), Files.size(part.folder().resolve(slice.file())));
      }
    }
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The last attempt of the parts before this one: slices of these were brought here. */
  public static int lastAttempt(Path folder) throws IOException {
    Path known = folder.resolve(FILE);
    return Files.exists(known) ? read(known).attempt() : lastAttempt(parts(folder));
  }

  private static int lastAttempt(List<Part> parts) {
    return parts.stream().mapToInt(part -> part.report().attempt()).max().orElse(0);
  }

  /** The folders of the parts of a recording, the earliest first. */
  public static List<Path> folders(Path recording) throws IOException {
    try (Stream<Path> all = Files.list(recording)) {
      return all.filter(path -> epoch(path).isPresent())
          .sorted(Comparator.comparingLong(path -> epoch(path).orElseThrow()))
          .toList();
    }
  }

  /** From the last one that was completed, or the first, to the one before this. */
  private static List<Part> parts(Path folder) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Path other : before(folder)) {
      Optional<Report> report = readable(other);
      if (report.isPresent()) {
        if (report.get().isOver() && !report.get().slices().isEmpty()) {
          parts.clear(); // one that could not even begin has nothing of them
        }
        parts.add(new Part(other, report.get()));
      }
    }
    return parts;
  }

  private static List<Path> before(Path folder) throws IOException {
    Path recording = folder.getParent();
    OptionalLong own = epoch(folder);
    if (recording == null || own.isEmpty()) {
      return List.of();
    }
    return folders(recording).stream()
        .filter(other -> epoch(other).orElseThrow() < own.getAsLong())
        .toList();
  }

  /** One that cannot be read must not cost the others, nor what is recorded now. */
  private static Optional<Report> readable(Path part) throws IOException {
    try {
      return ReportFile.find(part);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whoever looks at the recording is to know what a broken disk has cost. */
  private static List<Report.Warning> unreadable(Path folder, @Nullable Instant until)
      throws IOException {
    Instant now = until == null ? Instant.now() : until;
    List<Report.Warning> warnings = new ArrayList<>();
    for (Path other : before(folder)) {
      if (Files.exists(other.resolve(Report.FILE)) && readable(other).isEmpty()) {
        warnings.add(
            new Report.Warning(
                now, "parts", "left out, for its report cannot be read: " + other.getFileName()));
      }
    }
    return warnings;
  }

  private static OptionalLong epoch(Path folder) {
    return NodePart.epoch(String.valueOf(folder.getFileName()));
  }

  private Report join(List<Part> parts, @Nullable Instant until) throws IOException {
    EarlierStreams streams = new EarlierStreams(folder);
    @Nullable Report joined = null;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int before = lastAttempt(parts.subList(0, i));
      Instant next = end(parts.subList(i + 1, parts.size()), until);
      Report counts = taken(part, before, end(part.report(), next));
      Duration shift = joined == null ? Duration.ZERO : JoinedReport.shift(joined, counts.fps());
      streams.add(part.folder(), shift, length(counts));
      joined = joined == null ? counts : JoinedReport.of(joined, counts, counts.fps());
    }
    streams.write();
    if (joined == null) {
      throw new IllegalArgumentException("no parts");
    }
    return joined;
  }

  /** A part counts until the next one that has recorded anything. */
  private static @Nullable Instant end(List<Part> later, @Nullable Instant until) {
    return later.stream()
        .filter(Part::hasBegun)
        .map(part -> part.report().startedAt())
        .findFirst()
        .orElse(until);
  }

  /** What a page shows that the next one has put out of its room is no class. */
  private static @Nullable Instant end(Report report, @Nullable Instant next) {
    Instant left = report.leftAt();
    boolean counts =
        next != null && left != null && left.isBefore(next) && left.plus(OUT).isAfter(next);
    return counts ? left : next;
  }

  private static Duration length(Report report) {
    return Durations.ofSeconds(JoinedReport.length(report.slices()));
  }

  /** The report of what counts of a part; its slices are here now. */
  private Report taken(Part part, int before, @Nullable Instant until) throws IOException {
    List<SliceEntry> slices = new ArrayList<>();
    Set<String> known = new HashSet<>();
    boolean isCut = false;
    for (SliceEntry entry : part.report().slices()) {
      known.add(entry.file());
      if (isWithin(SliceEntries.end(entry), until)) {
        bring(part, entry.file(), entry.file());
        slices.add(entry);
        continue;
      }
      isCut = true;
      if (isWithin(entry.startedAt(), until)) {
        copy(part, SliceEntries.slice(entry), until, slices);
      }
    }
    if (!part.report().isOver() && !isCut) {
      open(part, before, known, until, slices); // which come after those that are listed
    }
    return until(part.report().with(slices), until);
  }

  /** Those that its recorder had not closed, or has not yet. */
  private void open(
      Part part, int before, Set<String> known, @Nullable Instant until, List<SliceEntry> slices)
      throws IOException {
    for (SliceFiles.Name name : SliceFiles.in(part.folder())) {
      if (name.attempt() > before && !known.contains(name.file())) {
        Duration start = length(part.report().with(slices));
        Instant startedAt = startOfNext(part.report(), slices);
        if (isWithin(startedAt, until)) {
          copy(
              part,
              new Slice(
                  name.file(),
                  name.attempt(),
                  name.number(),
                  start,
                  Duration.ZERO,
                  startedAt,
                  0,
                  Duration.ZERO),
              until,
              slices);
        }
      }
    }
  }

  /** As well as it is known: a slice that was not closed has no date. */
  private static Instant startOfNext(Report report, List<SliceEntry> slices) {
    Instant began = report.startedAt();
    Instant end =
        slices.isEmpty()
            ? (began == null ? Instant.EPOCH : began)
            : SliceEntries.end(slices.getLast());
    return JoinedReport.afterPauses(end, report);
  }

  /** A slice that cannot be read must not cost the others; a full disk is another matter. */
  private void copy(Part part, Slice slice, @Nullable Instant until, List<SliceEntry> slices)
      throws IOException {
    Path source = part.folder().resolve(slice.file());
    Path target = folder.resolve(slice.file());
    try {
      SliceRepair.copy(
              source,
              target,
              slice.attempt(),
              slice.number(),
              slice.start(),
              slice.startedAt(),
              until)
          .map(SliceEntries::of)
          .ifPresent(slices::add);
    } catch (RecordingFailure e) {
      if (e.category() == FailureCategory.CAPACITY) {
        throw e;
      }
      bring(part, slice.file(), slice.file() + BROKEN);
    }
  }

  private void bring(Part part, String file, String name) throws IOException {
    LinkedFile.make(part.folder().resolve(file), folder.resolve(name));
  }

  private static boolean isWithin(Instant at, @Nullable Instant until) {
    return until == null || at.isBefore(until);
  }

  /** The same without what happened later. */
  private static Report until(Report report, @Nullable Instant until) {
    if (until == null) {
      return report;
    }
    return report.with(
        report.slices(),
        report.holds().stream()
            .filter(one -> one.from().isBefore(until))
            .map(one -> new Interval(one.from(), until(one.to(), until)))
            .toList(),
        report.pauses().stream()
            .filter(one -> one.from().isBefore(until))
            .map(one -> new Interval(one.from(), until(one.to(), until)))
            .toList(),
        report.gaps().stream()
            .filter(one -> one.from().isBefore(until))
            .map(one -> new Gap(one.from(), until(one.to(), until), one.cause()))
            .toList());
  }

  /** What lasted longer goes on. */
  private static @Nullable Instant until(@Nullable Instant to, Instant until) {
    return to == null || to.isAfter(until) ? null : to;
  }
}
