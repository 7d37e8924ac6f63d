package org.pagereel.recorder.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.LinkedFile;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.wire.Json;

/** The streams that other nodes have recorded before, brought into the folder of a later part. */
public final class EarlierStreams {
  public static final String FILE = "earlier-streams.json";

  private final Path folder;
  private final List<Segment> segments = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private @Nullable StreamsPlan plan;

  /** Its JSON. */
  private record Content(StreamsPlan plan, List<Segment> segments, List<String> missing) {}

  public EarlierStreams(Path folder) {
    this.folder = folder;
  }

  /**
   * Brings the segments of one part.
   *
   * @param shift where its own time begins in that of the whole
   * @param length of what counts of it
   */
  public void add(Path part, Duration shift, Duration length) throws IOException {
    Optional<StreamJournal> journal = StreamJournal.read(part);
    if (journal.isEmpty()) {
      return;
    }
    plan = journal.get().plan();
    for (Segment segment : Measured.segments(part, journal.get().segments(), length, missing)) {
      Path source = part.resolve(segment.file());
      if (Files.exists(source)) {
        LinkedFile.make(source, folder.resolve(segment.file()));
        segments.add(segment.moved(Durations.micros(shift)));
      }
    }
  }

  /** Writes down what was brought, if any part had streams. */
  public void write() throws IOException {
    if (plan != null) {
      WholeFile.write(
          folder.resolve(FILE),
          Json.PRETTY.writeValueAsString(new Content(plan, segments, missing)) + "\n");
    }
  }

  /**
   * The journal of everything in a folder: of its own streams, behind those that were brought here.
   *
   * @param start where its own time begins in that of the whole
   */
  static Optional<StreamJournal> withOwn(Path folder, Duration start, List<String> missing) {
    Optional<StreamJournal> own = StreamJournal.read(folder);
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return own;
    }
    Content earlier = content(file);
    missing.addAll(earlier.missing());
    return Optional.of(
        StreamJournal.behind(folder, earlier.plan(), earlier.segments(), own, start));
  }

  private static Content content(Path file) {
    try {
      return Json.PRETTY.readValue(Files.readString(file), Content.class);
    } catch (IOException e) {
      throw StreamJournal.unreadable(file, e);
    }
  }
}
