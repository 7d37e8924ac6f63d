package org.pagereel.server.faces.tencent;

import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.Recording;

/** What the face remembers of a task beside the core: the request's words that answers repeat. */
record TaskExtra(long roomId, String groupId) {
  static TaskExtra of(Recording recording) {
    return Json.LINES.readValue(recording.extra(), TaskExtra.class);
  }

  String text() {
    return Json.LINES.writeValueAsString(this);
  }
}
