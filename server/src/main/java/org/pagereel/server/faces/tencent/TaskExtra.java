package org.pagereel.server.faces.tencent;

import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.Recording;

/** The face's own data of a task: the words of the request that answers repeat. */
record TaskExtra(long roomId, String groupId) {
  static TaskExtra of(Recording recording) {
    return Json.LINES.readValue(recording.extra(), TaskExtra.class);
  }

  String text() {
    return Json.LINES.writeValueAsString(this);
  }
}
