package org.pagereel.server.faces.agora;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.store.RowLocks;
import tools.jackson.databind.JsonNode;

/** The tables of rooms and of their events. */
final class Rooms {
  /** An event as clients get it. */
  record RoomEvent(String roomUuid, int cmd, long sequence, int version, JsonNode data) {}

  private static final Duration POLLED_BACK_TO = Duration.ofHours(1);
  private static final int POLLED_AT_ONCE = 500;

  private Rooms() {}

  /** False when it exists already. */
  static boolean insert(Handle handle, Room room) {
    return write(
        handle,
        room,
        "INSERT INTO rooms (app_id, room_uuid, region, name, type, state, properties, role_config,"
            + " created_at, used_at, last_sequence) VALUES (:app, :room, :region, :name, :type, 0,"
            + " :properties, :roles, :created, :created, 0) ON CONFLICT DO NOTHING");
  }

  /** A room that is gone by now may be created again; its sequences go on. */
  static boolean renew(Handle handle, Room room) {
    Optional<Room> old = find(handle, room.appId(), room.uuid());
    if (old.isEmpty() || !old.get().isGone(room.createTime())) {
      return false;
    }
    return write(
        handle,
        room,
        "UPDATE rooms SET region = :region, name = :name, type = :type, state = 0, properties ="
            + " :properties, role_config = :roles, record = NULL, start_time = NULL, end_time ="
            + " NULL, close_time = NULL, created_at = :created, used_at = :created WHERE app_id = :app AND room_uuid ="
            + " :room");
  }

  private static boolean write(Handle handle, Room room, String sql) {
    return handle
            .createUpdate(sql)
            .bind("app", room.appId())
            .bind("room", room.uuid())
            .bind("region", room.region())
            .bind("name", room.name())
            .bind("type", room.type())
            .bind("properties", room.properties())
            .bind("roles", room.roleConfig())
            .bind("created", room.createTime())
            .execute()
        == 1;
  }

  static Optional<Room> find(Handle handle, String appId, String roomUuid) {
    return handle
        .createQuery(
            "SELECT * FROM rooms WHERE app_id = :app AND room_uuid = :room" + RowLocks.all(handle))
        .bind("app", appId)
        .bind("room", roomUuid)
        .map((row, context) -> read(row))
        .findOne();
  }

  static void setState(Handle handle, Room room, int state, long at) {
    String time = state == 1 ? "start_time" : state == 2 ? "end_time" : "close_time";
    handle
        .createUpdate(
            "UPDATE rooms SET state = :state"
                + (state == 0 ? "" : ", " + time + " = :at")
                + ", closes_at = :closes, used_at = :at"
                + " WHERE app_id = :app AND room_uuid = :room")
        .bind("app", room.appId())
        .bind("room", room.uuid())
        .bind("state", state)
        .bind("at", at)
        .bind("closes", state == Room.ENDED ? at + room.closeDelay().toMillis() : null)
        .execute();
  }

  /** Those whose time to close has come. */
  static List<Room> closing(Handle handle, Instant now) {
    return handle
        .createQuery(
            "SELECT * FROM rooms WHERE closes_at <= :now ORDER BY closes_at LIMIT 100"
                + RowLocks.free(handle))
        .bind("now", now.toEpochMilli())
        .map((row, context) -> read(row))
        .list();
  }

  /** Keeps a room for some time from now on; false if it is not there any more. */
  static boolean use(Handle handle, Room room, Instant now) {
    return handle
            .createUpdate(
                "UPDATE rooms SET used_at = :now WHERE app_id = :app AND room_uuid = :room")
            .bind("now", now.toEpochMilli())
            .bind("app", room.appId())
            .bind("room", room.uuid())
            .execute()
        == 1;
  }

  static void setRecord(Handle handle, String appId, String roomUuid, String record) {
    handle
        .createUpdate("UPDATE rooms SET record = :record WHERE app_id = :app AND room_uuid = :room")
        .bind("app", appId)
        .bind("room", roomUuid)
        .bind("record", record)
        .execute();
  }

  /** Appends an event; its sequence is the next in its room. */
  static long append(
      Handle handle, String appId, String roomUuid, int cmd, JsonNode data, Instant now) {
    long sequence = nextSequence(handle, appId, roomUuid);
    handle
        .createUpdate(
            "INSERT INTO room_events (app_id, room_uuid, sequence, cmd, data, at, polled) VALUES"
                + " (:app, :room, :sequence, :cmd, :data, :at, 0)")
        .bind("app", appId)
        .bind("room", roomUuid)
        .bind("sequence", sequence)
        .bind("cmd", cmd)
        .bind("data", data.toString())
        .bind("at", now.toEpochMilli())
        .execute();
    return sequence;
  }

  /** The next number in the room, also for what becomes no event. */
  static long nextSequence(Handle handle, String appId, String roomUuid) {
    return handle
        .createQuery(
            "UPDATE rooms SET last_sequence = last_sequence + 1 WHERE app_id = :app AND room_uuid ="
                + " :room RETURNING last_sequence")
        .bind("app", appId)
        .bind("room", roomUuid)
        .mapTo(Long.class)
        .one();
  }

  /** The data of the room's last event of this kind, if it is still kept. */
  static Optional<JsonNode> lastEvent(Handle handle, String appId, String roomUuid, int cmd) {
    return handle
        .createQuery(
            "SELECT data FROM room_events WHERE app_id = :app AND room_uuid = :room AND cmd = :cmd"
                + " ORDER BY sequence DESC LIMIT 1")
        .bind("app", appId)
        .bind("room", roomUuid)
        .bind("cmd", cmd)
        .mapTo(String.class)
        .findOne()
        .map(Json.LINES::readTree);
  }

  static List<RoomEvent> events(Handle handle, Room room, long from, OptionalLong cmd, int most) {
    return handle
        .createQuery(
            "SELECT room_uuid, cmd, sequence, data FROM room_events WHERE app_id = :app AND"
                + " room_uuid = :room AND sequence >= :from"
                + " AND (:cmd < 0 OR cmd = :cmd) ORDER BY sequence LIMIT :most")
        .bind("app", room.appId())
        .bind("room", room.uuid())
        .bind("from", from)
        .bind("cmd", cmd.orElse(-1))
        .bind("most", most)
        .map((row, context) -> event(row))
        .list();
  }

  static long countEvents(Handle handle, Room room) {
    return handle
        .createQuery("SELECT COUNT(*) FROM room_events WHERE app_id = :app AND room_uuid = :room")
        .bind("app", room.appId())
        .bind("room", room.uuid())
        .mapTo(Long.class)
        .one();
  }

  /**
   * The app's events that nobody has polled yet; each is given out once only.
   *
   * @param region the region of the rooms; empty for all
   */
  static List<RoomEvent> poll(Jdbi jdbi, String appId, Optional<String> region, Instant now) {
    long since = now.minus(POLLED_BACK_TO).toEpochMilli();
    // Most polls find nothing: they must not wait for the store's one writer.
    if (jdbi.withHandle(handle -> unpolled(handle, appId, region, since, 1)).isEmpty()) {
      return List.of();
    }
    return jdbi.inTransaction(handle -> {
      List<RoomEvent> events = unpolled(handle, appId, region, since, POLLED_AT_ONCE);
      for (RoomEvent event : events) {
        handle
            .createUpdate(
                "UPDATE room_events SET polled = 1 WHERE app_id = :app AND room_uuid = :room AND"
                    + " sequence = :sequence")
            .bind("app", appId)
            .bind("room", event.roomUuid())
            .bind("sequence", event.sequence())
            .execute();
      }
      return events;
    });
  }

  private static List<RoomEvent> unpolled(
      Handle handle, String appId, Optional<String> region, long since, int most) {
    return handle
        .createQuery(
            "SELECT room_uuid, cmd, sequence, data FROM room_events WHERE app_id = :app AND polled ="
                + " 0 AND at >= :since AND (:region = '' OR EXISTS (SELECT 1 FROM rooms WHERE"
                + " rooms.app_id = room_events.app_id AND rooms.room_uuid = room_events.room_uuid"
                + " AND region = :region)) ORDER BY at, room_uuid, sequence LIMIT :most"
                + RowLocks.free(handle))
        .bind("app", appId)
        .bind("region", region.orElse(""))
        .bind("since", since)
        .bind("most", most)
        .map((row, context) -> event(row))
        .list();
  }

  private static RoomEvent event(ResultSet row) throws SQLException {
    return new RoomEvent(
        row.getString("room_uuid"),
        row.getInt("cmd"),
        row.getLong("sequence"),
        1,
        Json.LINES.readTree(row.getString("data")));
  }

  private static Room read(ResultSet row) throws SQLException {
    return new Room(
        row.getString("app_id"),
        row.getString("room_uuid"),
        row.getString("region"),
        row.getString("name"),
        row.getInt("type"),
        row.getInt("state"),
        row.getString("properties"),
        row.getString("role_config"),
        row.getString("record"),
        number(row, "start_time"),
        number(row, "end_time"),
        number(row, "close_time"),
        row.getLong("created_at"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
