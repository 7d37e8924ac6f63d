package org.pagereel.server.faces.agora;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.config.Settings.App;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.http.Quote;
import org.pagereel.server.platform.http.WebServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rooms, their class states and their events (docs/vendors/agora.md, "Rooms", "Class states",
 * "Events").
 */
final class RoomRoutes {
  private static final int PAGE = 100;
  private static final int LONGEST_NAME = 64;

  private final Jdbi jdbi;
  private final InstantSource clock;

  RoomRoutes(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** {@code POST …/rooms/{roomUuid}}. */
  void create(Context context, Caller caller) {
    String uuid = uuid(context);
    App app = caller.app();
    Fields body = Fields.of(context);
    String name = body.text("roomName", uuid, LONGEST_NAME);
    int type = body.loose("roomType", 4, 0, 101);
    body.object("roomProperties"); // must be one
    JsonNode properties = body.tree("roomProperties");
    Fields schedule = Fields.of(properties).object("schedule");
    schedule.number("duration", 0, 0, 86_400);
    schedule.number("closeDelay", 600, 0, 86_400);
    body.object("roleConfig");
    Room room =
        Room.fresh(
            app.id(),
            uuid,
            region(context).orElse(app.region()),
            name,
            type,
            properties.toString(),
            body.tree("roleConfig").toString(),
            clock.instant());
    if (!jdbi.inTransaction(handle -> Rooms.insert(handle, room) || Rooms.renew(handle, room))) {
      throw new ApiError(409, 20409000, "Room already exists!");
    }
    WebServer.success(context, null);
  }

  /** {@code GET …/rooms/{roomUuid}}. */
  void query(Context context, Caller caller) {
    Room room = room(context, caller);
    ObjectNode properties = (ObjectNode) Json.LINES.readTree(room.properties());
    if (room.record() != null) {
      properties.set("record", Json.LINES.readTree(room.record()));
    }
    ObjectNode data = Json.LINES.createObjectNode();
    data.put("roomName", room.name());
    data.put("roomUuid", room.uuid());
    data.put("scenario", "education");
    data.set("roleConfig", Json.LINES.readTree(room.roleConfig()));
    properties.put("state", room.state());
    properties.put("roomType", room.type());
    data.set("roomProperties", properties);
    data.put("roomTemplate", "edu_medium_v1");
    data.put("muteChat", 0);
    data.put("muteVideo", 0);
    data.put("muteAudio", 0);
    data.put("state", room.state());
    data.put("checkState", 1);
    data.put("createTime", room.createTime());
    WebServer.success(context, data);
  }

  /** {@code PUT …/rooms/{roomUuid}/states/{0..3}}. */
  void setState(Context context, Caller caller) {
    App app = caller.app();
    int state = state(context, 3);
    Room seen = room(context, caller);
    jdbi.useTransaction(handle -> {
      Room room = Rooms.find(handle, app.id(), seen.uuid()).orElseThrow(RoomRoutes::noRoom);
      requirePossible(room, state);
      ClassStates.enter(handle, app, room, state, clock.millis());
    });
    WebServer.success(context, null);
  }

  /** {@code GET …/rooms/{roomUuid}/sequences?nextId=&cmd=}. */
  void sequences(Context context, Caller caller) {
    Room room = room(context, caller);
    long from = number(context, "nextId").orElse(1);
    OptionalLong cmd = number(context, "cmd");
    List<Rooms.RoomEvent> events =
        jdbi.withHandle(handle -> Rooms.events(handle, room, from, cmd, PAGE + 1));
    boolean more = events.size() > PAGE;
    List<Rooms.RoomEvent> page = more ? events.subList(0, PAGE) : events;
    ObjectNode data = Json.LINES.createObjectNode();
    long total = jdbi.withHandle(handle -> Rooms.countEvents(handle, room));
    data.put("total", total);
    data.put("count", page.size());
    if (more) {
      data.put("nextId", events.getLast().sequence());
    } else {
      data.putNull("nextId");
    }
    data.set("list", Json.LINES.valueToTree(page));
    WebServer.success(context, data);
  }

  /**
   * {@code GET /edu/polling/apps/{appId}/v2/rooms/sequences}: every event is given out once; with a
   * region in front, those of its rooms.
   */
  void poll(Context context, Caller caller) {
    WebServer.success(
        context, Rooms.poll(jdbi, caller.app().id(), region(context), clock.instant()));
  }

  /** The room; one that is in another region does not exist. */
  Room room(Context context, Caller caller) {
    App app = caller.app();
    String uuid = uuid(context);
    Optional<Room> found = jdbi.withHandle(handle -> Rooms.find(handle, app.id(), uuid));
    if (found.isEmpty() && app.openRooms()) {
      return opened(context, caller, uuid);
    }
    Room room = found.orElseThrow(RoomRoutes::noRoom);
    if (region(context).filter(region -> !region.equals(room.region())).isPresent()) {
      throw noRoom();
    }
    return room;
  }

  /** The same; nobody removes it meanwhile. */
  Room roomInUse(Context context, Caller caller) {
    Room room = room(context, caller);
    if (!jdbi.inTransaction(handle -> Rooms.use(handle, room, clock.instant()))) {
      throw noRoom();
    }
    return room;
  }

  /** A room that exists at the vendor only. Whoever may only read does not fill the store. */
  private Room opened(Context context, Caller caller, String uuid) {
    App app = caller.app();
    Room room = Room.fresh(app.id(), uuid, region(context).orElse(app.region()), clock.instant());
    if (!caller.role().may(Right.CONTROL)) {
      return room;
    }
    return jdbi.inTransaction(handle -> {
      Rooms.insert(handle, room);
      return Rooms.find(handle, app.id(), uuid).orElseThrow(RoomRoutes::noRoom);
    });
  }

  static int state(Context context, int most) {
    String text = context.pathParam("state");
    if (!text.matches("\\d") || Integer.parseInt(text) > most) {
      throw ApiError.bad("state is '" + text + "'; allowed are 0 to " + most);
    }
    return Integer.parseInt(text);
  }

  /**
   * A number of the query. Clients put a name there without a value, or {@code null}, for what they
   * do not give.
   */
  static OptionalLong number(Context context, String name) {
    String text = context.queryParam(name);
    if (text == null || text.isBlank() || text.equals("null")) {
      return OptionalLong.empty();
    }
    if (!text.matches("\\d{1,15}")) {
      throw ApiError.bad(
          name + " is '" + Quote.of(text, 64) + "'; allowed are whole numbers, or nothing");
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static String uuid(Context context) {
    return Room.requireUuid("roomUuid", context.pathParam("roomUuid"));
  }

  private static Optional<String> region(Context context) {
    return Optional.ofNullable(context.pathParamMap().get("region"));
  }

  private static void requirePossible(Room room, int state) {
    if (room.state() == Room.CLOSED) {
      throw new ApiError(410, 30410100, "The class is closed and cannot be opened again");
    }
    if (state == room.state()) {
      int code = state <= 1 ? 30409100 : 30409101;
      throw new ApiError(409, code, "The class is in state " + state + " already");
    }
  }

  private static ApiError noRoom() {
    return new ApiError(404, 20404100, "Room not exists!");
  }
}
