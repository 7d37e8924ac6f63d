package org.pagereel.server.platform.fleet;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node has reached the database for long enough to judge others. After an outage all
 * have been silent, and nobody is lost because of it: they get time to come back.
 */
final class Reach {
  /** Nothing is claimed for so long after an outage. */
  static final Duration QUIET = Duration.ofSeconds(10);

  /** A node that looks every second, and has not looked for so long, has stood still. */
  static final Duration STOOD_STILL = Duration.ofSeconds(5);

  private @Nullable Instant outageEnded;
  private Instant reached;
  private boolean out;

  /** It is reached from now on. */
  Reach(Instant now) {
    this.reached = now;
  }

  /**
   * It was reached.
   *
   * @return false if this is the first time after an outage, or after this node stood still
   */
  boolean reached(Instant now) {
    boolean again = out || now.isAfter(reached.plus(STOOD_STILL));
    if (again) {
      outageEnded = now;
    }
    out = false;
    reached = now;
    return !again;
  }

  /** It was not reached. */
  void failed() {
    out = true;
  }

  boolean mayClaim(Instant now) {
    return !out && (outageEnded == null || !now.isBefore(outageEnded.plus(QUIET)));
  }
}
