package org.pagereel.server.faces.agora;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.config.Settings.App;
import tools.jackson.databind.node.ObjectNode;

/** A class comes into another state, by a call or by itself: the room, its event, auto-start. */
final class ClassStates {
  private static final int CMD_CLASS_STATE = 1;

  private ClassStates() {}

  /**
   * Changes it, in a transaction.
   *
   * @param app null when the settings have it no more
   */
  static void enter(Handle handle, @Nullable App app, Room room, int state, long now) {
    Rooms.setState(handle, room, state, now);
    Room changed = Rooms.find(handle, room.appId(), room.uuid()).orElseThrow();
    long sequence =
        Rooms.append(
            handle,
            room.appId(),
            room.uuid(),
            CMD_CLASS_STATE,
            data(changed),
            Instant.ofEpochMilli(now));
    if (app != null && app.autoRecord() != null) {
      ClassChanges.Seen seen =
          new ClassChanges.Seen(
              app.id(),
              room.uuid(),
              ClassChanges.OWN,
              sequence,
              state,
              changed.startTime() == null ? 0 : changed.startTime());
      ClassChanges.add(handle, seen, Instant.ofEpochMilli(now));
    }
  }

  private static ObjectNode data(Room room) {
    ObjectNode data = Json.LINES.createObjectNode();
    data.put("state", room.state());
    if (room.startTime() != null) {
      data.put("startTime", room.startTime());
    }
    if (room.endTime() != null && room.state() >= Room.ENDED) {
      data.put("endTime", room.endTime());
    }
    if (room.closeTime() != null && room.state() == Room.CLOSED) {
      data.put("closeTime", room.closeTime());
    }
    return data;
  }
}
