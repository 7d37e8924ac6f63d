package org.pagereel.server.platform.fleet;

import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failed logins as all nodes have seen them: who is refused by one is refused by all. */
public final class SharedFailures {
  private static final Logger LOG = LoggerFactory.getLogger(SharedFailures.class);
  private static final Duration KEPT = Duration.ofHours(1);

  private final Jdbi jdbi;
  private final InstantSource clock;

  public SharedFailures(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Adds some of an address.
   *
   * @return how many there are in this minute, at all nodes; 0 if nobody can say now
   */
  public int add(String address, int failures) {
    long minute = minute();
    try {
      return jdbi.inTransaction(handle -> {
        handle
            .createUpdate(
                "INSERT INTO failed_logins (address, minute, failures) VALUES (:address, :minute,"
                    + " :failures) ON CONFLICT (address, minute) DO UPDATE SET failures ="
                    + " failed_logins.failures + :failures")
            .bind("address", address)
            .bind("minute", minute)
            .bind("failures", failures)
            .execute();
        return handle
            .createQuery(
                "SELECT failures FROM failed_logins WHERE address = :address AND minute = :minute")
            .bind("address", address)
            .bind("minute", minute)
            .mapTo(Integer.class)
            .one();
      });
    } catch (RuntimeException e) {
      LOG.debug("Counted here only", e);
      return 0;
    }
  }

  /** Forgets what is over. */
  public void tidy() {
    long old = minute() - KEPT.toMinutes();
    jdbi.useTransaction(
        handle -> handle.execute("DELETE FROM failed_logins WHERE minute < ?", old));
  }

  private long minute() {
    return clock.millis() / Duration.ofMinutes(1).toMillis();
  }
}
