package org.pagereel.recorder.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A class is worked on in parts: who is killed loses the part that was under way.
 *
 * @param length of each but the last; whole seconds, and so whole frames at any rate
 */
record Parts(List<Part> all, Duration length) {
  private static final int WANTED = 10;
  private static final long SHORTEST_SECONDS = 15;
  private static final long LONGEST_SECONDS = 300;

  /**
   * A part.
   *
   * @param from milliseconds from the class's beginning, as is {@code to}
   */
  record Part(int number, long from, long to) {
    Duration duration() {
      return Duration.ofMillis(to - from);
    }

    double seconds() {
      return (to - from) / 1e3;
    }

    String file(String of) {
      return "%s-%03d".formatted(of, number);
    }
  }

  /** A part between these two times, in milliseconds from the class's beginning. */
  static Parts of(long from, long to) {
    long seconds = Math.clamp((to - from) / 1000 / WANTED, SHORTEST_SECONDS, LONGEST_SECONDS);
    List<Part> parts = new ArrayList<>();
    for (long start = from; start < to; start += seconds * 1000) {
      parts.add(new Part(parts.size(), start, Math.min(to, start + seconds * 1000)));
    }
    return new Parts(parts, Duration.ofSeconds(seconds));
  }
}
