package org.pagereel.server.platform.http;

import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** The frame around every answer of an API: {@code {"code":0,"msg":"Success","ts":…}}. */
final class Envelope {
  private Envelope() {}

  /** Without data; {@code ts} is now, in Unix milliseconds. */
  static ObjectNode of(int code, String message) {
    return Json.LINES
        .createObjectNode()
        .put("code", code)
        .put("msg", message)
        .put("ts", System.currentTimeMillis());
  }
}
