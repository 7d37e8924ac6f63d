package org.pagereel.server.faces.tencent;

import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.outbox.Outbox;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts tasks' events into the outbox; those of one task arrive in order (docs/vendors/tencent.md,
 * "Callbacks").
 */
final class TaskEvents {
  private TaskEvents() {}

  /**
   * Adds one, unsigned as yet.
   *
   * @param target the name of the app's callback
   */
  static void add(
      Handle handle,
      String taskId,
      long sdkAppId,
      String target,
      String type,
      ObjectNode data,
      Instant now) {
    ObjectNode event = Json.LINES.createObjectNode();
    event.put("EventType", type);
    event.set("EventData", data);
    event.put("SdkAppId", sdkAppId);
    event.put("Timestamp", now.getEpochSecond());
    Outbox.add(handle, UUID.randomUUID().toString(), taskId, target, event.toString(), now);
  }
}
