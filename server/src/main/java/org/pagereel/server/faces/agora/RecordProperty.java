package org.pagereel.server.faces.agora;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A room's property {@code record}, and the event 1001 that tells of its change
 * (docs/vendors/agora.md, "Property record", "Event 1001").
 */
final class RecordProperty {
  private RecordProperty() {}

  /** The face's own data of a recording: the vendor's other two ids. */
  record Extra(String sid, String resourceId, String recordUid, String query) {
    static Extra of(Recording recording) {
      return Json.LINES.readValue(recording.extra(), Extra.class);
    }
  }

  /** -1 starting, 1 started, 0 stopped. */
  static int state(Recording recording) {
    return switch (recording.state()) {
      case QUEUED, STARTING -> recording.status().tries().announced() ? 1 : -1;
      case READY, RECORDING, PAUSED -> 1;
      case FINISHING, FINISHED, FAILED -> 0;
    };
  }

  static boolean isHeld(Recording recording) {
    return switch (recording.state()) {
      case READY, PAUSED -> true;
      case QUEUED, STARTING -> recording.desired() == Desired.HOLD;
      case RECORDING, FINISHING, FINISHED, FAILED -> false;
    };
  }

  static long startTime(Recording recording) {
    Instant started = recording.startedAt();
    return (started == null ? recording.createdAt() : started).toEpochMilli();
  }

  static ObjectNode of(Recording recording) {
    Extra extra = Extra.of(recording);
    ObjectNode property = Json.LINES.createObjectNode();
    property.put("state", state(recording));
    property.put("ready", state(recording) == 1);
    property.put("onhold", isHeld(recording));
    Reason reason = recording.reason();
    if (reason != null) {
      property.put("reason", ReasonCode.of(reason));
    }
    property.put("recordId", recording.id());
    property.put("sid", extra.sid());
    property.put("resourceId", extra.resourceId());
    property.put("startTime", startTime(recording));
    return property;
  }

  /** The data of event 1001; it has a reason only when one is announced. */
  static ObjectNode event(Recording recording, Optional<Reason> reason) {
    Extra extra = Extra.of(recording);
    ObjectNode data = Json.LINES.createObjectNode();
    if (state(recording) == 1) {
      data.put("recordId", recording.id());
      data.put("sid", extra.sid());
      data.put("resourceId", extra.resourceId());
    }
    data.put("state", state(recording));
    data.put("startTime", startTime(recording));
    reason.ifPresent(why -> data.put("reason", ReasonCode.of(why)));
    if (reason.filter(why -> why == Reason.NOT_READY).isPresent()) {
      // There are two retries at most, and no two events that read the same.
      data.put("retry", recording.status().tries().misses());
    }
    return data;
  }

  /** Whether an event's data tells a client nothing that an earlier one's did not. */
  static boolean saysTheSame(JsonNode earlier, ObjectNode data) {
    if (earlier instanceof ObjectNode before) {
      ObjectNode plain = before.deepCopy();
      plain.remove(List.of("reason", "retry"));
      return plain.equals(data);
    }
    return false;
  }
}
