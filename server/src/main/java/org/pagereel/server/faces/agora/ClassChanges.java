package org.pagereel.server.faces.agora;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.platform.store.OldRows;
import org.pagereel.server.platform.store.Tidy;

/** Class states that auto-start acts upon: stored when they are seen, marked when they are done. */
final class ClassChanges {
  static final String OWN = "own";
  static final String UPSTREAM = "upstream";

  /**
   * A class came into a state.
   *
   * @param source {@link #OWN} or {@link #UPSTREAM}
   * @param sequence grows within a room, and begins anew when the room is created again
   * @param startTime of the class, Unix milliseconds; 0 if it is not known
   */
  record Seen(
      String appId, String roomUuid, String source, long sequence, int state, long startTime) {}

  /**
   * A change that is to be handled: the first of its room.
   *
   * @param endsLater the class has ended meanwhile
   */
  record Change(
      long number, String appId, String roomUuid, int state, Instant seenAt, boolean endsLater) {
    boolean isStart() {
      return state == 1;
    }
  }

  private ClassChanges() {}

  /** Notes a change; one that is known already is ignored. */
  static void add(Handle handle, Seen seen, Instant now) {
    handle
        .createUpdate(
            "INSERT INTO class_changes (app_id, room_uuid, source, sequence, state, class, seen_at,"
                + " handled) VALUES (:app, :room, :source, :sequence, :state, :class, :now, 0) ON"
                + " CONFLICT DO NOTHING")
        .bind("app", seen.appId())
        .bind("room", seen.roomUuid())
        .bind("source", seen.source())
        .bind("sequence", seen.sequence())
        .bind("state", seen.state())
        .bind("class", classOf(handle, seen))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /**
   * Tells the classes of a room apart, also if an upstream gives no start time: there, a sequence
   * that does not grow belongs to a room that was created again.
   */
  private static String classOf(Handle handle, Seen seen) {
    return seen.startTime() > 0
        ? String.valueOf(seen.startTime())
        : last(handle, seen).map(last -> last.classOf(seen)).orElse("");
  }

  /** The change of a room that was seen last. */
  private record Last(long number, long sequence, int state, String name) {
    String classOf(Seen seen) {
      boolean isNext = seen.sequence() > sequence;
      boolean isAgain = seen.sequence() == sequence && seen.state() == state;
      return isNext || isAgain ? name : "after " + number;
    }
  }

  private static Optional<Last> last(Handle handle, Seen seen) {
    return handle
        .createQuery(
            "SELECT number, sequence, state, class FROM class_changes WHERE app_id = :app AND"
                + " room_uuid = :room AND source = :source ORDER BY number DESC LIMIT 1")
        .bind("app", seen.appId())
        .bind("room", seen.roomUuid())
        .bind("source", seen.source())
        .map((row, context) ->
            new Last(
                row.getLong("number"),
                row.getLong("sequence"),
                row.getInt("state"),
                row.getString("class")))
        .findOne();
  }

  /** The first open change of each room, in the order in which they came. */
  static List<Change> open(Handle handle) {
    return handle
        .createQuery(
            "SELECT number, app_id, room_uuid, state, seen_at, EXISTS (SELECT 1 FROM class_changes"
                + " AS later WHERE later.app_id = first.app_id AND later.room_uuid ="
                + " first.room_uuid AND later.handled = 0 AND later.number > first.number AND"
                + " later.state > 1) AS ends_later FROM class_changes AS first WHERE number IN"
                + " (SELECT MIN(number) FROM class_changes WHERE handled = 0 GROUP BY app_id,"
                + " room_uuid) ORDER BY number")
        .map((row, context) ->
            new Change(
                row.getLong("number"),
                row.getString("app_id"),
                row.getString("room_uuid"),
                row.getInt("state"),
                Instant.ofEpochMilli(row.getLong("seen_at")),
                row.getBoolean("ends_later")))
        .list();
  }

  static void done(Handle handle, Change change) {
    handle
        .createUpdate("UPDATE class_changes SET handled = 1 WHERE number = :number")
        .bind("number", change.number())
        .execute();
  }

  /** Changes that were handled long ago. */
  static Tidy tidy() {
    return new OldRows(
        OldRows.WEEK,
        "DELETE FROM class_changes WHERE number IN (SELECT number FROM class_changes WHERE handled"
            + " = 1 AND seen_at < :before LIMIT :most)");
  }
}
