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
import java.util.OptionalLong;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.StreamFiles.Interrupt;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.wire.Json;

/**
 * What has been recorded of which stream, kept true on disk while it goes on, so that the files can
 * be made by whoever finds the folder. One thread.
 */
final class StreamJournal {
  static final String FILE = "streams-journal.json";
  static final String SUFFIX = ".mkv";

  private final Path folder;
  private final StreamsPlan plan;
  private final List<Segment> segments;
  private final Map<StreamKey, Integer> begun = new LinkedHashMap<>();

  /** Its JSON. {@code begun} counts how often each stream was handed over. */
  private record Content(StreamsPlan plan, List<Segment> segments, List<Begun> begun) {}

  private record Begun(StreamKey key, int times) {}

  private StreamJournal(Path folder, StreamsPlan plan, List<Segment> segments) {
    this.folder = folder;
    this.plan = plan;
    this.segments = new ArrayList<>(segments);
  }

  /** The journal in the folder, or a new one. */
  static StreamJournal open(Path folder, StreamsPlan plan) {
    return read(folder)
        .orElseGet(() -> {
          StreamJournal journal = new StreamJournal(folder, plan, List.of());
          journal.write();
          return journal;
        });
  }

  static Optional<StreamJournal> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Content content = Json.PRETTY.readValue(Files.readString(file), Content.class);
      StreamJournal journal = new StreamJournal(folder, content.plan(), content.segments());
      content.begun().forEach(entry -> journal.begun.put(entry.key(), entry.times()));
      return Optional.of(journal);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** That of a whole recording: what was recorded elsewhere, and then what this folder has. */
  static StreamJournal behind(
      Path folder,
      StreamsPlan plan,
      List<Segment> earlier,
      Optional<StreamJournal> own,
      Duration start) {
    StreamJournal whole = new StreamJournal(folder, plan, earlier);
    earlier.forEach(segment -> whole.begun.merge(segment.key(), 1, Integer::sum));
    own.ifPresent(journal -> {
      journal.segments.forEach(one -> whole.segments.add(one.moved(Durations.micros(start))));
      journal.begun.forEach((key, times) -> whole.begun.merge(key, times, Integer::sum));
    });
    return whole;
  }

  static RecordingFailure unreadable(Path file, IOException e) {
    return new RecordingFailure(FailureCategory.CAPACITY, "Cannot read " + file + ": " + e, e);
  }

  StreamsPlan plan() {
    return plan;
  }

  List<Segment> segments() {
    return List.copyOf(segments);
  }

  /** A name for the next segment; no other part of the recording has it. */
  String nextFile() {
    OptionalLong epoch = NodePart.epoch(String.valueOf(folder.getFileName()));
    String part = epoch.isPresent() ? epoch.getAsLong() + "-" : "";
    return "stream-%s%04d%s".formatted(part, segments.size() + 1, SUFFIX);
  }

  void begun(StreamKey key) {
    begun.merge(key, 1, Integer::sum);
    write();
  }

  void opened(Segment segment) {
    segments.add(segment);
    write();
  }

  void closed(Segment segment) {
    segments.replaceAll(one -> one.file().equals(segment.file()) ? segment : one);
    write();
  }

  /** The streams in the order in which they were first handed over. */
  List<StreamKey> order() {
    return List.copyOf(begun.keySet());
  }

  /** The number of times that each participant's streams came back. */
  List<Interrupt> interrupts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    begun.forEach((key, times) -> {
      if (times > 1 && (key.kind() == Kind.CAMERA || key.kind() == Kind.SCREEN)) {
        counts.merge(key.userId(), times - 1, Integer::sum);
      }
    });
    return counts.entrySet().stream()
        .map(entry -> new Interrupt(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void write() {
    List<Begun> counts =
        begun.entrySet().stream()
            .map(entry -> new Begun(entry.getKey(), entry.getValue()))
            .toList();
    try {
      WholeFile.write(
          folder.resolve(FILE),
          Json.PRETTY.writeValueAsString(new Content(plan, segments, counts)) + "\n");
    } catch (IOException e) {
      throw new RecordingFailure(
          FailureCategory.CAPACITY, "Cannot write " + folder.resolve(FILE) + ": " + e, e);
    }
  }
}
