package org.pagereel.recorder.replay;

import java.util.List;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * From when to when a class lasted.
 *
 * @param zero Unix milliseconds of its beginning
 * @param totalMillis its length
 * @param boardMillis from when on there is something on the board; the length when there never is
 */
record ClassTimeline(long zero, long totalMillis, long boardMillis) {
  private static final long LONGEST = 24 * 3_600_000L;

  /** The time for which the last stroke is seen. */
  private static final long AFTER_LAST = 1_000;

  /** The begin and end of a file, Unix milliseconds. */
  record Span(long start, long end) {}

  /**
   * From the first board action to the last, or from the first file to the end of the last one,
   * whichever is more.
   *
   * @throws RecordingFailure there is nothing, or it is longer than a day
   */
  static ClassTimeline of(ScriptWriter script, List<Span> videos) {
    if (script.isEmpty() && videos.isEmpty()) {
      throw failure("There is nothing to replay: no board messages, and no files");
    }
    long start = script.isEmpty() ? Long.MAX_VALUE : script.first();
    long end = script.isEmpty() ? Long.MIN_VALUE : script.last() + AFTER_LAST;
    for (Span video : videos) {
      start = Math.min(start, video.start());
      end = Math.max(end, video.end());
    }
    if (end - start > LONGEST) {
      throw failure(
          "The class lasts %,d minutes, from the first message or file to the last; allowed are 24 hours"
              .formatted((end - start) / 60_000));
    }
    long total = end - start;
    return new ClassTimeline(start, total, script.isEmpty() ? total : script.first() - start);
  }

  boolean hasBoard() {
    return boardMillis < totalMillis;
  }

  private static RecordingFailure failure(String message) {
    return new RecordingFailure(FailureCategory.USER, message);
  }
}
