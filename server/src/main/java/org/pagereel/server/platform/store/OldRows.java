package org.pagereel.server.platform.store;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** Removes rows that are older than a week. */
public final class OldRows implements Tidy {
  private static final Duration KEPT = Duration.ofDays(7);

  private final String delete;

  /**
   * Removes rows of one table.
   *
   * @param delete a statement that deletes at most {@code :most} rows that are older than {@code
   *     :before}, which is in Unix milliseconds
   */
  public OldRows(String delete) {
    this.delete = delete;
  }

  @Override
  public void clean(Jdbi jdbi, Instant now) {
    Steps.repeat(
        jdbi,
        handle ->
            handle
                .createUpdate(delete)
                .bind("before", now.minus(KEPT).toEpochMilli())
                .bind("most", Steps.MOST)
                .execute());
  }
}
