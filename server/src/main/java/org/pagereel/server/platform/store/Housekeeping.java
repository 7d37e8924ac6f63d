package org.pagereel.server.platform.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what nobody can ask for any more: old events and delivered notices. */
public final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration KEPT = Duration.ofDays(7);

  private final Jdbi jdbi;
  private final List<Tidy> faces;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  /**
   * Makes it.
   *
   * @param faces what they keep besides
   */
  public Housekeeping(Jdbi jdbi, List<Tidy> faces) {
    this.jdbi = jdbi;
    this.faces = List.copyOf(faces);
  }

  public void open() {
    var _ = timer.scheduleWithFixedDelay(this::round, 1, 60, TimeUnit.MINUTES);
  }

  private void round() {
    try {
      clean(Instant.now());
    } catch (RuntimeException e) {
      LOG.warn("Cannot tidy the store", e);
    }
  }

  /** Removes what is older than a week at this moment, and what faces have no use for. */
  public void clean(Instant now) {
    long before = now.minus(KEPT).toEpochMilli();
    Steps.repeat(
        jdbi,
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM room_events WHERE (app_id, room_uuid, sequence) IN (SELECT app_id,"
                        + " room_uuid, sequence FROM room_events WHERE at < :before LIMIT :most)")
                .bind("before", before)
                .bind("most", Steps.MOST)
                .execute());
    Steps.repeat(
        jdbi,
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM outbox WHERE number IN (SELECT number FROM outbox WHERE done_at <"
                        + " :before LIMIT :most)")
                .bind("before", before)
                .bind("most", Steps.MOST)
                .execute());
    faces.forEach(face -> face.clean(jdbi, now));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
