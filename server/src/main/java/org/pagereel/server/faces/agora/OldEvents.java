package org.pagereel.server.faces.agora;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.platform.store.Steps;
import org.pagereel.server.platform.store.Tidy;

/** Removes the events of rooms that are older than a week. */
public final class OldEvents implements Tidy {
  private static final Duration KEPT = Duration.ofDays(7);

  @Override
  public void clean(Jdbi jdbi, Instant now) {
    Steps.repeat(
        jdbi,
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM room_events WHERE (app_id, room_uuid, sequence) IN (SELECT app_id,"
                        + " room_uuid, sequence FROM room_events WHERE at < :before LIMIT :most)")
                .bind("before", now.minus(KEPT).toEpochMilli())
                .bind("most", Steps.MOST)
                .execute());
  }
}
