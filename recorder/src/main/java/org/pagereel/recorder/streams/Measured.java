package org.pagereel.recorder.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.av.MediaCheck;

/** The segments with their ends known: a recorder that died could not write down the last ones. */
final class Measured {
  private static final long SHORTEST = 100_000;

  private Measured() {}

  /** Those that are worth a file; what cannot be read is named as missing. */
  static List<Segment> segments(
      Path folder, List<Segment> all, Duration total, List<String> missing) {
    List<Segment> measured = new ArrayList<>();
    for (Segment segment : all) {
      try {
        Segment whole =
            segment.end() == Segment.OPEN
                ? segment.ending(Math.min(measure(folder, segment), next(segment, all)))
                : segment;
        long end = Math.min(whole.end(), Math.max(Durations.micros(total), whole.start()));
        if (end - whole.start() >= SHORTEST) {
          measured.add(whole.ending(end));
        }
      } catch (RecordingFailure e) {
        missing.add(segment.file() + ": " + e.getMessage());
      }
    }
    return measured;
  }

  private static long measure(Path folder, Segment segment) {
    Duration length = MediaCheck.length(folder.resolve(segment.file()));
    return segment.start() + Durations.micros(length);
  }

  /** The next recorder began where the slices ended, which may be before this stream's end. */
  private static long next(Segment segment, List<Segment> all) {
    return all.stream()
        .filter(one -> one.key().equals(segment.key()) && one.start() > segment.start())
        .mapToLong(Segment::start)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
