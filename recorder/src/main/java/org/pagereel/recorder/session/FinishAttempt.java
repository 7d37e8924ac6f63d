package org.pagereel.recorder.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report.Video;
import org.pagereel.recorder.wire.Event;

/** The end of an attempt: makes the MP4 files, closes the report and says the last word. */
final class FinishAttempt {
  private FinishAttempt() {}

  /**
   * True when all went well.
   *
   * @param failure the cause of the end, if it did not end by order
   */
  static boolean of(
      RecordingRequest request,
      Journal journal,
      Events events,
      @Nullable RecordingFailure failure) {
    List<Video> videos = new ArrayList<>();
    RecordingFailure cause = failure;
    double seconds = 0;
    try {
      @Nullable RecordingFailure unmade = null;
      Journal whole = journal;
      try {
        whole = journal.whole();
        CompleteFiles.make(whole, videos, events);
      } catch (RuntimeException e) {
        unmade = RecordingFailure.from("Making the MP4", e);
      }
      if (unmade == null) {
        whole.finished(videos, cause);
        seconds = Durations.seconds(whole.duration());
      } else {
        cause = cause == null ? unmade : cause;
        journal.unfinished(videos, cause); // somebody completes it when there is room again
      }
    } catch (RuntimeException e) {
      cause = cause == null ? RecordingFailure.from("Writing the report", e) : cause;
    }
    List<String> names = names(videos);
    if (cause != null) {
      events.send(Event.Failed.of(cause, names));
      return false;
    }
    events.send(new Event.Finished(seconds, names));
    return true;
  }

  static List<String> names(List<Video> videos) {
    return videos.stream().map(Video::file).toList();
  }
}
