package org.pagereel.recorder.session;

import org.pagereel.recorder.Durations;
import org.pagereel.recorder.Report.SliceEntry;
import org.pagereel.recorder.slices.Slice;

/** Slices as the report has them. */
final class SliceEntries {
  private SliceEntries() {}

  static SliceEntry of(Slice slice) {
    return new SliceEntry(
        slice.file(),
        slice.attempt(),
        slice.number(),
        Durations.seconds(slice.start()),
        Durations.seconds(slice.duration()),
        slice.startedAt(),
        slice.bytes());
  }

  static Slice slice(SliceEntry entry) {
    return new Slice(
        entry.file(),
        entry.attempt(),
        entry.number(),
        Durations.ofSeconds(entry.startSeconds()),
        Durations.ofSeconds(entry.durationSeconds()),
        entry.startedAt(),
        entry.bytes());
  }
}
