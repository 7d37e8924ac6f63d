package org.pagereel.recorder.slices;

import java.time.Duration;
import java.time.Instant;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.Report.SliceEntry;

/** Slices as the report has them. */
public final class SliceEntries {
  private SliceEntries() {}

  public static SliceEntry of(Slice slice) {
    return new SliceEntry(
        slice.file(),
        slice.attempt(),
        slice.number(),
        Durations.seconds(slice.start()),
        Durations.seconds(slice.duration()),
        slice.startedAt(),
        slice.bytes(),
        slice.moved().isZero() ? null : Durations.seconds(slice.moved()));
  }

  /** Wall time at which it ends. */
  public static Instant end(SliceEntry entry) {
    return entry.startedAt().plus(Durations.ofSeconds(entry.durationSeconds()));
  }

  public static Slice slice(SliceEntry entry) {
    Double moved = entry.movedSeconds();
    return new Slice(
        entry.file(),
        entry.attempt(),
        entry.number(),
        Durations.ofSeconds(entry.startSeconds()),
        Durations.ofSeconds(entry.durationSeconds()),
        entry.startedAt(),
        entry.bytes(),
        moved == null ? Duration.ZERO : Durations.ofSeconds(moved));
  }
}
