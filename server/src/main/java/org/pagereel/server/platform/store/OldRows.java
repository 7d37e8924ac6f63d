package org.pagereel.server.platform.store;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** Removes rows that are older than a time. */
public final class OldRows implements Tidy {
  /** How long is kept what only serves the course of things. */
  public static final Duration WEEK = Duration.ofDays(7);

  private final Duration kept;
  private final String delete;

  /**
   * Removes rows of one table.
   *
   * @param kept the age of the youngest that go
   * @param delete a statement that deletes at most {@code :most} rows that are older than {@code
   *     :before}, which is in Unix milliseconds
   */
  public OldRows(Duration kept, String delete) {
    this.kept = kept;
    this.delete = delete;
  }

  @Override
  public void clean(Jdbi jdbi, Instant now) {
    Steps.repeat(
        jdbi,
        handle ->
            handle
                .createUpdate(delete)
                .bind("before", now.minus(kept).toEpochMilli())
                .bind("most", Steps.MOST)
                .execute());
  }
}
