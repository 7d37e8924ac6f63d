package org.pagereel.recorder.session;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.Report.State;
import org.pagereel.recorder.Report.Video;
import org.pagereel.recorder.SlicingSpec;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.parts.EarlierParts;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.ReportFile;

/** Completes the files of a recorder that died: its open slice, playlist, MP4 and report. */
final class Repair {
  private static final Duration DYING = Duration.ofSeconds(5);

  private Repair() {}

  /**
   * Returns the exit code: {@code OK} when the folder is complete and nothing is to be deplored.
   *
   * @param cause why the recording failed; null when it did not
   */
  static int run(Path folder, Report.@Nullable Failure cause, Events events) {
    List<Video> videos = new ArrayList<>();
    @Nullable RecordingFailure failure =
        cause == null ? null : new RecordingFailure(cause.category(), cause.message());
    try {
      Optional<Report> own = ReportFile.find(folder);
      if (own.isPresent() && own.get().state() == State.FINISHED) {
        return finished(own.get().durationSeconds(), own.get().videos(), events);
      }
      Journal journal = own.isPresent() ? of(own.get(), folder) : ofOthers(folder);
      Journal whole = journal.whole();
      noteEnd(whole, cause);
      CompleteFiles.make(whole, videos, events);
      Report.Failure known = own.map(Report::failure).orElse(null);
      if (known != null && failure != null) {
        failure = new RecordingFailure(known.category(), known.message());
      }
      whole.finished(videos, failure);
      if (failure == null) {
        return finished(Durations.seconds(whole.duration()), videos, events);
      }
    } catch (IOException | RuntimeException e) {
      String also =
          (cause == null ? "" : cause.message() + "; ")
              + "completing what it left failed: "
              + e.getMessage();
      failure = new RecordingFailure(RecordingFailure.from(also, e).category(), also, e);
    }
    events.send(Event.Failed.of(failure, FinishAttempt.names(videos)));
    return RecorderProcess.FAILED;
  }

  private static int finished(double seconds, List<Video> videos, Events events) {
    events.send(new Event.Finished(seconds, FinishAttempt.names(videos)));
    return RecorderProcess.OK;
  }

  private static Journal of(Report report, Path folder) throws IOException {
    requireDead(report);
    Journal journal = Journal.of(report, request(report, folder, part(folder)));
    journal.beginLog();
    Predecessor.mendOpenSlices(journal, folder);
    return journal;
  }

  /** Of a recording that went to a node after its end: that one has recorded nothing itself. */
  private static Journal ofOthers(Path folder) throws IOException {
    Report earlier = EarlierParts.join(folder, null).orElseThrow(() -> noRecording(folder));
    return Journal.ofOthers(earlier, request(earlier, folder, null));
  }

  private static RecordingFailure noRecording(Path folder) {
    return new RecordingFailure(
        FailureCategory.USER, "No recording in " + folder + ": it has no " + Report.FILE);
  }

  private static void requireDead(Report report) {
    // One that was killed a moment ago may still be on its way out.
    if (!Await.until(DYING, () -> Leftovers.processes(report.label()).isEmpty())) {
      throw new RecordingFailure(
          FailureCategory.USER,
          "The recording " + report.id() + " is still running; stop it first");
    }
  }

  /** The request as far as completing its files goes. */
  private static RecordingRequest request(Report report, Path folder, @Nullable NodePart part) {
    return new RecordingRequest(
        report.id(),
        new PageSpec(
            report.url(),
            new PageSize(report.width(), report.height()),
            new ReadySignal.Load(),
            Duration.ofSeconds(30)),
        new PictureSpec(report.fps(), report.bitrateKbps()),
        SoundProfile.STEREO,
        new SlicingSpec(
            Duration.ofSeconds(report.sliceSeconds()),
            Duration.ofSeconds(report.maxVideoSeconds()),
            report.maxVideoBytes()),
        null,
        new Attempt(report.attempt(), false, null, false, null, part),
        folder);
  }

  private static @Nullable NodePart part(Path folder) {
    OptionalLong epoch = NodePart.epoch(String.valueOf(folder.getFileName()));
    return epoch.isPresent() ? new NodePart(epoch.getAsLong(), Duration.ZERO, false) : null;
  }

  private static void noteEnd(Journal journal, Report.@Nullable Failure cause) {
    Instant end = Instant.now();
    if (journal.wasRecording()) {
      Instant last = journal.startOfNext();
      if (cause == null) {
        end = last;
      } else {
        journal.gap(last, cause.message());
      }
    }
    if (journal.isUnderWay()) {
      journal.finishing(end);
    }
  }
}
