package org.pagereel.server.faces.agora;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.platform.store.OldRows;
import org.pagereel.server.platform.store.Steps;
import org.pagereel.server.platform.store.Tidy;

/**
 * Removes rooms that have no recordings and that nobody has used for a week, if their class was
 * closed, or else for a year: a term's timetable may be created long before. Their events go with
 * them, as one that is created again begins its sequences anew.
 */
final class OldRooms implements Tidy {
  private static final Duration NEVER_CLOSED = Duration.ofDays(365);

  private static final String OLD =
      "(used_at < :year OR state = :closed AND used_at < :week) AND NOT EXISTS (SELECT 1 FROM"
          + " recordings WHERE face = :face AND scope = app_id AND subject = room_uuid)";

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
        .bindMap(limits(now))
        .map((row, context) -> new Key(row.getString("app_id"), row.getString("room_uuid")))
        .list();
  }

  /** Looks again: somebody may have used it in the meantime. */
  private static void delete(Handle handle, Key key, Instant now) {
    int deleted =
        handle
            .createUpdate("DELETE FROM rooms WHERE app_id = :app AND room_uuid = :room AND " + OLD)
            .bind("app", key.appId())
            .bind("room", key.roomUuid())
            .bindMap(limits(now))
            .execute();
    if (deleted == 1) {
      handle.execute(
          "DELETE FROM room_events WHERE app_id = ? AND room_uuid = ?",
          key.appId(),
          key.roomUuid());
    }
  }

  private static Map<String, Object> limits(Instant now) {
    return Map.of(
        "closed",
        Room.CLOSED,
        "week",
        now.minus(OldRows.WEEK).toEpochMilli(),
        "year",
        now.minus(NEVER_CLOSED).toEpochMilli(),
        "face",
        AgoraFace.NAME);
  }
}
