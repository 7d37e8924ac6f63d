package org.pagereel.server.faces.agora;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.platform.store.OldRows;
import org.pagereel.server.platform.store.Steps;
import org.pagereel.server.platform.store.Tidy;

/**
 * Removes rooms that nobody needs any more and that have no recordings: a week after their class
 * was closed, or a year after they were created and begun if it never was. A term's timetable may
 * be created long before.
 */
final class OldRooms implements Tidy {
  private static final Duration NEVER_CLOSED = Duration.ofDays(365);

  private static final String OLD =
      "(state = :closed AND close_time < :week OR state <> :closed AND created_at < :year AND"
          + " COALESCE(start_time, 0) < :year) AND NOT EXISTS (SELECT 1 FROM recordings WHERE face ="
          + " :face AND scope = app_id AND subject = room_uuid)";

  private record Key(String appId, String roomUuid) {}

  @Override
  public void clean(Jdbi jdbi, Instant now) {
    // Read first: whoever looks at all rooms must not keep others from writing meanwhile.
    List<Key> old = jdbi.withHandle(handle -> find(handle, now));
    for (int from = 0; from < old.size(); from += Steps.MOST) {
      List<Key> some = old.subList(from, Math.min(from + Steps.MOST, old.size()));
      jdbi.useTransaction(handle -> some.forEach(key -> delete(handle, key, now)));
    }
  }

  private static List<Key> find(Handle handle, Instant now) {
    return handle
        .createQuery("SELECT app_id, room_uuid FROM rooms WHERE " + OLD)
        .bind("closed", Room.CLOSED)
        .bind("week", now.minus(OldRows.WEEK).toEpochMilli())
        .bind("year", now.minus(NEVER_CLOSED).toEpochMilli())
        .bind("face", AgoraFace.NAME)
        .map((row, context) -> new Key(row.getString("app_id"), row.getString("room_uuid")))
        .list();
  }

  /** Looks again: somebody may have created it anew, or started a recording, in the meantime. */
  private static void delete(Handle handle, Key key, Instant now) {
    handle
        .createUpdate("DELETE FROM rooms WHERE app_id = :app AND room_uuid = :room AND " + OLD)
        .bind("app", key.appId())
        .bind("room", key.roomUuid())
        .bind("closed", Room.CLOSED)
        .bind("week", now.minus(OldRows.WEEK).toEpochMilli())
        .bind("year", now.minus(NEVER_CLOSED).toEpochMilli())
        .bind("face", AgoraFace.NAME)
        .execute();
  }
}
