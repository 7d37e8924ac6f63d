package org.pagereel.server.core.recording;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.platform.time.TimeSource;

/**
 * Counts how long a recording lasts: from its first recorded moment, or while nothing is recorded
 * yet, how long its page has been held. Time in the queue is not taken from the class.
 */
final class ElapsedClock {
  private final TimeSource time;
  private Duration before = Duration.ZERO;
  private @Nullable Instant since;

  /** Goes on with what an earlier owner counted, if it did. */
  ElapsedClock(TimeSource time, @Nullable ElapsedTime earlier) {
    this.time = time;
    if (earlier != null) {
      before = earlier.until(time.wall());
      since = time.steady();
    }
  }

  /** Follows the status, which says whether something is held or recorded. */
  void follow(AttemptHistory earlier, AttemptHistory now) {
    boolean begins = now.captured() ? !earlier.captured() : now.announced() && since == null;
    if (begins) {
      before = Duration.ZERO;
      since = time.steady();
    }
  }

  Duration soFar() {
    return since == null ? before : before.plus(Duration.between(since, time.steady()));
  }

  /** For the store; null when nothing has begun. */
  @Nullable ElapsedTime kept() {
    return since == null ? null : new ElapsedTime(soFar().toMillis(), time.wall());
  }
}
