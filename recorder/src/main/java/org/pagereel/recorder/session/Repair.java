package org.pagereel.recorder.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.child.Leftovers;
import org.pagereel.recorder.media.Slice;
import org.pagereel.recorder.media.SliceRepair;
import org.pagereel.recorder.session.Report.State;
import org.pagereel.recorder.session.Report.Video;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;

/** Completes the files of a recorder that died: its open slice, playlist, MP4 and report. */
final class Repair {
  private Repair() {}

  /** Returns the exit code: {@code OK} when the folder was complete or is complete now. */
  static int run(Path folder, String cause, Events events) {
    List<Video> videos = new ArrayList<>();
    RecordingFailure died = new RecordingFailure(FailureCategory.INTERNAL, cause);
    try {
      Path file = folder.resolve(Report.FILE);
      if (!Files.exists(file)) {
        throw new RecordingFailure(
            FailureCategory.USER, "No recording in " + folder + ": it has no " + Report.FILE);
      }
      Report report = Json.PRETTY.readValue(Files.readString(file), Report.class);
      if (report.state() == State.FINISHED) {
        events.send(new Event.Finished(report.durationSeconds(), Ending.names(report.videos())));
        return RecorderProcess.OK;
      }
      requireDead(report.id());
      Journal journal = Journal.of(report, folder);
      mendOpenSlices(journal, folder);
      noteGap(journal, cause);
      Videos.make(journal.request(), journal.slices(), videos);
      Report.Failure known = report.failure();
      if (known != null) {
        died = new RecordingFailure(known.category(), known.message());
      }
      journal.finished(videos, died);
    } catch (IOException | RuntimeException e) {
      String also = cause + "; completing what it left failed: " + e.getMessage();
      died = new RecordingFailure(RecordingFailure.from(also, e).category(), also, e);
    }
    events.send(
        new Event.Failed(died.category(), String.valueOf(died.getMessage()), Ending.names(videos)));
    return RecorderProcess.FAILED;
  }

  private static void requireDead(String id) {
    if (!Leftovers.processes(id).isEmpty()) {
      throw new RecordingFailure(
          FailureCategory.USER, "The recording " + id + " is still running; stop it first");
    }
  }

  private static void mendOpenSlices(Journal journal, Path folder) throws IOException {
    List<String> known = journal.slices().stream().map(Slice::file).toList();
    List<Path> open;
    try (Stream<Path> files = Files.list(folder)) {
      open =
          files
              .filter(path -> path.getFileName().toString().matches("page-\\d+-\\d+\\.ts"))
              .filter(path -> !known.contains(path.getFileName().toString()))
              .sorted()
              .toList();
    }
    for (Path slice : open) {
      Optional<Slice> mended =
          SliceRepair.repair(
              slice, journal.slices().size(), journal.duration(), journal.startOfNext());
      mended.ifPresent(journal::slice);
    }
  }

  private static void noteGap(Journal journal, String cause) {
    if (journal.wasRecording()) {
      Instant end = journal.startOfNext();
      journal.gap(end, Instant.now(), cause);
      journal.finishing(end);
    }
  }
}
