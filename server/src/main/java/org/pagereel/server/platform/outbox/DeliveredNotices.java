package org.pagereel.server.platform.outbox;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.platform.store.Steps;
import org.pagereel.server.platform.store.Tidy;

/** Removes notices that were delivered, or given up, more than a week ago. */
public final class DeliveredNotices implements Tidy {
  private static final Duration KEPT = Duration.ofDays(7);

  @Override
  public void clean(Jdbi jdbi, Instant now) {
    Steps.repeat(
        jdbi,
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM outbox WHERE number IN (SELECT number FROM outbox WHERE done_at <"
                        + " :before LIMIT :most)")
                .bind("before", now.minus(KEPT).toEpochMilli())
                .bind("most", Steps.MOST)
                .execute());
  }
}
