package org.pagereel.recorder.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Report.Interval;
import org.pagereel.recorder.StreamFiles.Omitted;
import org.pagereel.recorder.slices.Slice;

/** The places of pauses on the timeline: a slice ends at each. */
final class Pauses {
  private Pauses() {}

  /** Those between slices; what was paused until the end omits nothing. */
  static List<Omitted> of(List<Interval> pauses, List<Slice> slices) {
    List<Omitted> omitted = new ArrayList<>();
    for (Interval pause : pauses) {
      Instant to = pause.to();
      Slice next = to == null ? null : firstFrom(pause.from(), slices);
      if (to != null && next != null && !next.start().isZero()) {
        omitted.add(
            new Omitted(next.start().toMillis(), pause.from().toEpochMilli(), to.toEpochMilli()));
      }
    }
    return omitted;
  }

  /** Media time of the first slice after a pause. */
  static Duration start(List<Slice> slices, Omitted pause) {
    Slice next = firstFrom(Instant.ofEpochMilli(pause.pausedAt()), slices);
    return next == null ? Duration.ZERO : next.start();
  }

  private static @Nullable Slice firstFrom(Instant pausedAt, List<Slice> slices) {
    return slices.stream()
        .filter(slice -> !slice.startedAt().isBefore(pausedAt))
        .findFirst()
        .orElse(null);
  }
}
