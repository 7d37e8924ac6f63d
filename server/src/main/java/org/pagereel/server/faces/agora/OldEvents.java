package org.pagereel.server.faces.agora;

import org.pagereel.server.platform.store.OldRows;
import org.pagereel.server.platform.store.Tidy;

/** The events of rooms that nobody needs any more. */
public final class OldEvents {
  private OldEvents() {}

  public static Tidy tidy() {
    return new OldRows(
        OldRows.WEEK,
        "DELETE FROM room_events WHERE (app_id, room_uuid, sequence) IN (SELECT app_id,"
            + " room_uuid, sequence FROM room_events WHERE at < :before LIMIT :most)");
  }
}
