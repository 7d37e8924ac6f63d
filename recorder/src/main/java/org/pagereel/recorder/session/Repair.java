package org.pagereel.recorder.session;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.FailureCategory;
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
      Report report = ReportFile.find(folder).orElseThrow(() -> noRecording(folder));
      if (report.state() == State.FINISHED) {
        events.send(
            new Event.Finished(report.durationSeconds(), FinishAttempt.names(report.videos())));
        return RecorderProcess.OK;
      }
      requireDead(report);
      Journal journal = Journal.of(report, request(report, folder));
      journal.beginLog();
      Predecessor.mendOpenSlices(journal, folder);
      noteEnd(journal, cause);
      CompleteFiles.make(journal, videos, events);
      Report.Failure known = report.failure();
      if (known != null && failure != null) {
        failure = new RecordingFailure(known.category(), known.message());
      }
      journal.finished(videos, failure);
      if (failure == null) {
        events.send(
            new Event.Finished(journal.report().durationSeconds(), FinishAttempt.names(videos)));
        return RecorderProcess.OK;
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
  private static RecordingRequest request(Report report, Path folder) {
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
        new Attempt(report.attempt(), false, null, false, null),
        folder);
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
