package org.pagereel.recorder;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code recording.json} says; seconds are media time unless they are called otherwise.
 *
 * @param attempt the latest; each has its own slices
 * @param label of the processes of the latest attempt
 * @param startedAt wall time of the first frame
 * @param stoppedAt wall time of the order to stop, or of the failure
 * @param durationSeconds playing time: recorded time without holds and pauses
 * @param sound absent in reports of earlier versions
 * @param gaps stretches that should have been recorded and were not
 * @param slices none in the file while the recording goes on: they are in {@code slices.jsonl}
 * @param leftAt since when the page has been out of its room, as it says itself
 * @param follows why the attempt before the first of this report ended; null if there was none
 */
public record Report(
    String id,
    int attempt,
    String label,
    String url,
    State state,
    @Nullable Failure failure,
    @Nullable Instant startedAt,
    @Nullable Instant stoppedAt,
    double durationSeconds,
    int width,
    int height,
    int fps,
    int bitrateKbps,
    @Nullable Ready ready,
    List<Interval> holds,
    List<Interval> pauses,
    List<Gap> gaps,
    List<Video> videos,
    List<SliceEntry> slices,
    Counters counters,
    @Nullable SoundCounters sound,
    List<Warning> warnings,
    long warningsNotListed,
    long maxVideoSeconds,
    long maxVideoBytes,
    long sliceSeconds,
    @Nullable Instant leftAt,
    @Nullable String follows) {

  public static final String FILE = "recording.json";

  /** The recorder's own words for where it is. */
  public enum State {
    STARTING,
    READY,
    RECORDING,
    PAUSED,
    FINISHING,
    FINISHED,
    FAILED
  }

  /** Whether nothing changes any more. */
  public boolean isOver() {
    return state == State.FINISHED || state == State.FAILED;
  }

  /** Whether everything that was recorded is in videos; slices without videos are never deleted. */
  public boolean filesAreMade() {
    return isOver() && (slices.isEmpty() || !videos.isEmpty());
  }

  /** The same with other slices. */
  public Report with(List<SliceEntry> otherSlices) {
    return with(otherSlices, holds, pauses, gaps);
  }

  /** The same with other slices and times. */
  public Report with(
      List<SliceEntry> otherSlices,
      List<Interval> otherHolds,
      List<Interval> otherPauses,
      List<Gap> otherGaps) {
    return with(otherSlices, otherHolds, otherPauses, otherGaps, warnings);
  }

  /** The same with these warnings, too. */
  public Report warned(List<Warning> more) {
    List<Warning> all = Stream.concat(warnings.stream(), more.stream()).toList();
    return with(slices, holds, pauses, gaps, all);
  }

  private Report with(
      List<SliceEntry> otherSlices,
      List<Interval> otherHolds,
      List<Interval> otherPauses,
      List<Gap> otherGaps,
      List<Warning> otherWarnings) {
    return new Report(
        id,
        attempt,
        label,
        url,
        state,
        failure,
        startedAt,
        stoppedAt,
        durationSeconds,
        width,
        height,
        fps,
        bitrateKbps,
        ready,
        otherHolds,
        otherPauses,
        otherGaps,
        videos,
        otherSlices,
        counters,
        sound,
        otherWarnings,
        warningsNotListed,
        maxVideoSeconds,
        maxVideoBytes,
        sliceSeconds,
        leftAt,
        follows);
  }

  public record Failure(FailureCategory category, String message) {}

  public record Ready(String signal, double tookSeconds) {}

  /** Wall times; {@code to} is absent while it lasts. */
  public record Interval(Instant from, @Nullable Instant to) {}

  public record Gap(Instant from, @Nullable Instant to, String cause) {}

  public record Video(String file, double durationSeconds, long bytes) {}

  public record Warning(Instant at, String kind, String message) {}

  /**
   * A slice as JSON has it.
   *
   * @param movedSeconds how much later it begins than its time stamps say, because another part of
   *     the recording comes before its own; absent for 0
   */
  public record SliceEntry(
      String file,
      int attempt,
      int number,
      double startSeconds,
      double durationSeconds,
      Instant startedAt,
      long bytes,
      @Nullable Double movedSeconds) {}
}
