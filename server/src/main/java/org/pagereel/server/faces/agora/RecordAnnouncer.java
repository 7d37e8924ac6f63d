package org.pagereel.server.faces.agora;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.Announcer;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.outbox.Outbox;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes a room's property {@code record}, appends event 1001 when that has something new to say,
 * and queues the callback, all in the transaction that changes the recording: they never disagree.
 */
public final class RecordAnnouncer implements Announcer {
  static final int CMD_RECORD = 1001;

  private final Settings settings;
  private final InstantSource clock;

  public RecordAnnouncer(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void changed(Handle handle, Recording recording, Optional<Reason> reason) {
    Optional<Room> room = Rooms.find(handle, recording.scope(), recording.subject());
    if (room.isEmpty() || isOutdated(room.get(), recording)) {
      return;
    }
    ObjectNode property = RecordProperty.of(recording);
    if (reason.isEmpty() && property.toString().equals(room.get().record())) {
      return;
    }
    Rooms.setRecord(handle, recording.scope(), recording.subject(), property.toString());
    long sequence = append(handle, recording, reason);
    if (settings.app(recording.scope()).filter(app -> app.callback() != null).isPresent()) {
      notice(handle, recording, property, reason, sequence);
    }
  }

  /**
   * Appends the event and returns its number. The event knows less than the property: a pause is
   * none, and has a number only, for the callback.
   */
  private long append(Handle handle, Recording recording, Optional<Reason> reason) {
    String app = recording.scope();
    String room = recording.subject();
    ObjectNode data = RecordProperty.event(recording, reason);
    boolean isNews =
        reason.isPresent()
            || Rooms.lastEvent(handle, app, room, CMD_RECORD)
                .filter(last -> RecordProperty.saysTheSame(last, data))
                .isEmpty();
    return isNews
        ? Rooms.append(handle, app, room, CMD_RECORD, data, clock.instant())
        : Rooms.nextSequence(handle, app, room);
  }

  /**
   * The files of an earlier recording are completed while the next one of the room runs, or when
   * the room has been created anew.
   */
  private static boolean isOutdated(Room room, Recording recording) {
    if (recording.isRunning()) {
      return false;
    }
    String record = room.record();
    return record == null
        || !Json.LINES.readTree(record).path("recordId").asString("").equals(recording.id());
  }

  private void notice(
      Handle handle,
      Recording recording,
      ObjectNode property,
      Optional<Reason> reason,
      long sequence) {
    String id = UUID.randomUUID().toString().replace("-", "");
    Instant now = clock.instant();
    ObjectNode payload = property.deepCopy();
    payload.put("appId", recording.scope());
    payload.put("roomUuid", recording.subject());
    payload.put("sequence", sequence);
    payload.remove("reason");
    reason.ifPresent(why -> payload.put("reason", ReasonCode.of(why)));
    ObjectNode body = Json.LINES.createObjectNode();
    body.put("noticeId", id);
    body.put("productId", 3);
    body.put("eventType", CMD_RECORD);
    body.put("notifyMs", now.toEpochMilli());
    body.set("payload", payload);
    Outbox.add(handle, id, recording.id(), recording.scope(), body.toString(), now);
  }
}
