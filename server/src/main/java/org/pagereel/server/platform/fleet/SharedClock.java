package org.pagereel.server.platform.fleet;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.platform.time.TimeSource;

/**
 * The database's clock, as this node's steady one tells it: nodes whose clocks differ mean the same
 * moment by what they store. It goes as steadily as that one, until the database's was set.
 */
final class SharedClock {
  /** A smaller difference is the way to the database and back. */
  private static final Duration WORTH_IT = Duration.ofMillis(500);

  private final TimeSource time;
  private volatile Duration ahead;

  /** One that is right when it was first {@linkplain #compare compared}. */
  SharedClock(TimeSource time) {
    this.time = time;
    this.ahead = Duration.between(time.steady(), time.wall());
  }

  Instant now() {
    return time.steady().plus(ahead);
  }

  /** Looks at the database's clock. */
  void compare(Handle handle) {
    Instant asked = time.steady();
    Instant theirs =
        Instant.ofEpochMilli(
            handle
                .createQuery("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")
                .mapTo(Long.class)
                .one());
    Instant ours = asked.plus(Duration.between(asked, time.steady()).dividedBy(2));
    Duration seen = Duration.between(ours, theirs);
    if (seen.minus(ahead).abs().compareTo(WORTH_IT) > 0) {
      ahead = seen;
    }
  }
}
