package org.pagereel.recorder.parts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.Report.Gap;
import org.pagereel.recorder.Report.Interval;
import org.pagereel.recorder.Report.SliceEntry;
import org.pagereel.recorder.SoundCounters;
import org.pagereel.recorder.screen.FrameGrid;
import org.pagereel.recorder.slices.SliceEntries;

/**
 * One report of two parts of a recording: of an earlier one, as far as it counts, and of the one
 * that another node recorded behind it. What is between them is a gap, unless nothing was wanted.
 */
public final class JoinedReport {
  /** A shorter gap is the way from a picture to its place on the grid. */
  private static final Duration SEEN = Duration.ofMillis(100);

  private static final int MAX_WARNINGS = 100;

  private final Report earlier;
  private final Report later;

  /** When the later part began, or would have been heard of first; null while it has not. */
  private final @Nullable Instant next;

  private JoinedReport(Report earlier, Report later) {
    this.earlier = earlier;
    this.later = later;
    this.next = next(later);
  }

  /**
   * Joins them.
   *
   * @param earlier its slices end where those of the later one begin
   * @param fps of both
   */
  public static Report of(Report earlier, Report later, int fps) {
    return new JoinedReport(earlier, later).joined(fps);
  }

  private Report joined(int fps) {
    List<SliceEntry> slices = slices(fps);
    List<Report.Warning> warnings =
        Stream.concat(earlier.warnings().stream(), later.warnings().stream()).toList();
    int listed = Math.min(warnings.size(), MAX_WARNINGS);
    return new Report(
        later.id(),
        later.attempt(),
        later.label(),
        later.url(),
        later.state(),
        later.failure(),
        hasBegun() ? earlier.startedAt() : later.startedAt(),
        later.stoppedAt(),
        length(slices),
        later.width(),
        later.height(),
        later.fps(),
        later.bitrateKbps(),
        earlier.ready() == null ? later.ready() : earlier.ready(),
        holds(),
        pauses(),
        gaps(),
        later.videos(),
        slices,
        earlier.counters().plus(later.counters()),
        sound(earlier.sound(), later.sound()),
        warnings.subList(0, listed),
        earlier.warningsNotListed() + later.warningsNotListed() + warnings.size() - listed,
        later.maxVideoSeconds(),
        later.maxVideoBytes(),
        later.sliceSeconds(),
        later.leftAt(),
        earlier.follows());
  }

  /** Where the later part's own time begins in that of both. */
  public static Duration shift(Report earlier, int fps) {
    return FrameGrid.behind(Durations.ofSeconds(length(earlier.slices())), fps);
  }

  private List<SliceEntry> slices(int fps) {
    Duration shift = shift(earlier, fps);
    return Stream.concat(
            earlier.slices().stream(),
            later.slices().stream().map(slice -> moved(slice, Durations.seconds(shift))))
        .toList();
  }

  /** Media time at which the last one ends, in seconds. */
  static double length(List<SliceEntry> slices) {
    return slices.isEmpty()
        ? 0
        : slices.getLast().startSeconds() + slices.getLast().durationSeconds();
  }

  private static SliceEntry moved(SliceEntry slice, double by) {
    return new SliceEntry(
        slice.file(),
        slice.attempt(),
        slice.number(),
        slice.startSeconds() + by,
        slice.durationSeconds(),
        slice.startedAt(),
        slice.bytes(),
        by == 0 ? slice.movedSeconds() : Double.valueOf(by));
  }

  private boolean hasBegun() {
    return earlier.startedAt() != null;
  }

  private List<Interval> holds() {
    List<Interval> holds = new ArrayList<>(closed(earlier.holds(), afterOpen()));
    if (hasBegun()) {
      return holds;
    }
    if (!isOpen(earlier.holds())) {
      holds.addAll(later.holds());
    }
    return holds;
  }

  private List<Interval> pauses() {
    List<Interval> pauses = new ArrayList<>(closed(earlier.pauses(), afterOpen()));
    if (hasBegun() && !isOpen(earlier.pauses())) {
      pauses.addAll(later.holds()); // of a recording that had begun
    }
    pauses.addAll(later.pauses());
    return pauses;
  }

  private List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    boolean goesOn = false;
    for (Gap gap : earlier.gaps()) {
      goesOn = gap.to() == null;
      gaps.add(goesOn ? new Gap(gap.from(), next, gap.cause()) : gap);
    }
    if (hasBegun() && !goesOn && !isOpen(earlier.pauses())) {
      Instant from = end();
      if (next == null || Duration.between(from, next).compareTo(SEEN) > 0) {
        String follows = later.follows();
        gaps.add(new Gap(from, next, follows == null ? "Another node went on" : follows));
      }
    }
    gaps.addAll(later.gaps());
    return gaps;
  }

  /** The last moment that the earlier part has a picture or sound of. */
  private Instant end() {
    if (earlier.slices().isEmpty()) {
      return Objects.requireNonNull(earlier.startedAt());
    }
    Instant end = SliceEntries.end(earlier.slices().getLast());
    return afterPauses(end, earlier);
  }

  /** This moment, or the end of the last pause or gap of the report if that is later. */
  static Instant afterPauses(Instant moment, Report report) {
    return Stream.concat(
            report.pauses().stream().map(Interval::to), report.gaps().stream().map(Gap::to))
        .filter(to -> to != null && to.isAfter(moment))
        .max(Comparator.naturalOrder())
        .orElse(moment);
  }

  /** What the later part knew first: its page was held, its first picture, or its end. */
  private static @Nullable Instant next(Report later) {
    if (!later.holds().isEmpty()) {
      return later.holds().getFirst().from();
    }
    return later.startedAt() == null ? later.stoppedAt() : later.startedAt();
  }

  /** The end of what was held or paused when the earlier part ended. */
  private @Nullable Instant afterOpen() {
    if (!later.holds().isEmpty()) {
      return later.holds().getLast().to();
    }
    return later.startedAt() == null ? later.stoppedAt() : later.startedAt();
  }

  /** Whether the last one went on when the part ended; an end with everything was none. */
  private boolean isOpen(List<Interval> intervals) {
    return !intervals.isEmpty() && isOpen(intervals.getLast());
  }

  private boolean isOpen(Interval last) {
    return last.to() == null || last.to().equals(earlier.stoppedAt());
  }

  private List<Interval> closed(List<Interval> intervals, @Nullable Instant at) {
    return intervals.stream().map(one -> isOpen(one) ? new Interval(one.from(), at) : one).toList();
  }

  private static @Nullable SoundCounters sound(
      @Nullable SoundCounters earlier, @Nullable SoundCounters later) {
    return earlier == null || later == null
        ? (earlier == null ? later : earlier)
        : earlier.plus(later);
  }
}
