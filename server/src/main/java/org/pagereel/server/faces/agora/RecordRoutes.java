package org.pagereel.server.faces.agora;

import io.javalin.http.Context;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.RecordingStore;
import org.pagereel.server.platform.config.Settings.App;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.http.WebServer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starting, changing, stopping and listing recordings (docs/vendors/agora.md, "Starting a
 * recording", "Pausing", "Page ready", "List of recordings").
 */
final class RecordRoutes {
  private static final int PAGE = 100;

  private final RoomRoutes rooms;
  private final ClassRecording recording;
  private final RecordList list;
  private final Jdbi jdbi;

  RecordRoutes(RoomRoutes rooms, ClassRecording recording, RecordList list, Jdbi jdbi) {
    this.rooms = rooms;
    this.recording = recording;
    this.list = list;
    this.jdbi = jdbi;
  }

  /** {@code PUT …/records/states/{0,1}}; a stop needs no body. */
  void setState(Context context, Caller caller) {
    App app = caller.app();
    int state = RoomRoutes.state(context, 1);
    if (state == 0) {
      Recording stopped = recording.want(app, rooms.room(context, caller), Desired.STOP);
      WebServer.success(context, answer(stopped, 0));
      return;
    }
    StartBody body = StartBody.of(Fields.of(context));
    Recording started = recording.start(app, rooms.roomInUse(context, caller), body);
    ObjectNode data = answer(started, 1);
    if (body.publishes()) {
      ObjectNode streams = data.putObject("streamingUrl");
      streams.put("rtmp", "").put("flv", "").put("hls", list.playlist(context, started));
    }
    WebServer.success(context, data);
  }

  /** {@code PATCH …/records/states/1}: pause and resume. */
  void update(Context context, Caller caller) {
    App app = caller.app();
    if (RoomRoutes.state(context, 1) != 1) {
      throw ApiError.bad("state is '0'; allowed is 1");
    }
    Fields config = Fields.of(context).object("webRecordConfig");
    boolean hold =
        StartBody.hold(config).orElseThrow(() -> config.wrong("onhold", "true and false"));
    recording.want(app, rooms.room(context, caller), hold ? Desired.HOLD : Desired.RUN);
    WebServer.success(context, null);
  }

  /**
   * {@code PUT …/records/ready}. Everybody's page calls it, so only the recorder's word counts, and
   * nobody is told off.
   */
  void ready(Context context, Caller caller) {
    if (caller.recording() != null) {
      recording.confirmReady(caller.recording());
    }
    WebServer.success(context, null);
  }

  /** {@code GET …/records?nextId=}. */
  void list(Context context, Caller caller) {
    App app = caller.app();
    Room room = rooms.room(context, caller);
    long from = RoomRoutes.number(context, "nextId").orElse(0);
    List<Recording> found =
        jdbi.withHandle(handle ->
            RecordingStore.of(handle, AgoraFace.NAME, app.id(), room.uuid(), from, PAGE + 1));
    boolean more = found.size() > PAGE;
    List<Recording> page = more ? found.subList(0, PAGE) : found;
    ObjectNode data = Json.LINES.createObjectNode();
    int total =
        jdbi.withHandle(
            handle -> RecordingStore.count(handle, AgoraFace.NAME, app.id(), room.uuid()));
    data.put("total", total);
    ArrayNode items = data.putArray("list");
    page.forEach(one -> items.add(list.item(context, one)));
    data.put("count", page.size());
    if (more) {
      data.put("nextId", String.valueOf(found.getLast().number()));
    } else {
      data.putNull("nextId");
    }
    WebServer.success(context, data);
  }

  private static ObjectNode answer(Recording recording, int state) {
    RecordProperty.Extra extra = RecordProperty.Extra.of(recording);
    ObjectNode data = Json.LINES.createObjectNode();
    data.put("recordId", recording.id());
    data.put("sid", extra.sid());
    data.put("resourceId", extra.resourceId());
    data.put("state", state);
    data.put("startTime", RecordProperty.startTime(recording));
    return data;
  }
}
