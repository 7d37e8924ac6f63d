package org.pagereel.server.faces.im;

import java.time.Duration;

/**
 * How long to wait after failures that follow upon each other: twice as long each time.
 *
 * @param first after the first one
 * @param longest never longer
 * @param whenTooMany at least so long when the server says that there were too many calls
 * @param tries the most calls for one page
 */
public record Backoff(Duration first, Duration longest, Duration whenTooMany, int tries) {
  public static final Backoff USUAL =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(2), 10);

  private static final int MAX_DOUBLINGS = 20;

  public Backoff {
    if (first.isNegative() || longest.isNegative() || whenTooMany.isNegative() || tries < 1) {
      throw new IllegalArgumentException("No back-off: " + first + ", " + longest + ", " + tries);
    }
  }

  /**
   * The pause before the next call.
   *
   * @param failures 1 after the first one
   */
  Duration pause(int failures, boolean tooMany) {
    Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    Duration pause = doubled.compareTo(longest) < 0 ? doubled : longest;
    return tooMany && pause.compareTo(whenTooMany) < 0 ? whenTooMany : pause;
  }
}
