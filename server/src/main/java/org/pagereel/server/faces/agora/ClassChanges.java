package org.pagereel.server.faces.agora;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Class states that auto-start acts upon: stored when they are seen, marked when they are done. */
final class ClassChanges {
  static final String OWN = "own";
  static final String UPSTREAM = "upstream";

  /** A class of the app came into this state. */
  record Change(long number, String appId, String roomUuid, int state) {}

  private ClassChanges() {}

  /** Notes a change; one that is known already is ignored. */
  static void add(
      Handle handle, String appId, String roomUuid, String source, long sequence, int state) {
    handle
        .createUpdate(
            "INSERT INTO class_changes (app_id, room_uuid, source, sequence, state, handled) VALUES"
                + " (:app, :room, :source, :sequence, :state, 0) ON CONFLICT DO NOTHING")
        .bind("app", appId)
        .bind("room", roomUuid)
        .bind("source", source)
        .bind("sequence", sequence)
        .bind("state", state)
        .execute();
  }

  static List<Change> open(Handle handle) {
    return handle
        .createQuery(
            "SELECT number, app_id, room_uuid, state FROM class_changes WHERE handled = 0 ORDER BY"
                + " number LIMIT 200")
        .map((row, context) ->
            new Change(
                row.getLong("number"),
                row.getString("app_id"),
                row.getString("room_uuid"),
                row.getInt("state")))
        .list();
  }

  static void done(Handle handle, Change change) {
    handle
        .createUpdate("UPDATE class_changes SET handled = 1 WHERE number = :number")
        .bind("number", change.number())
        .execute();
  }
}
