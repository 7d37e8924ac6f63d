package org.pagereel.server.faces.classes;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.http.Digest;
import tools.jackson.databind.node.ObjectNode;

/**
 * A video of a class, as a message of type 1004 tells of it.
 *
 * @param uid its user
 * @param start its beginning, as {@link UnixTime} reads it; so is the end
 * @param mediaStart as the callback says it
 * @param bytes of the file
 * @param seconds of media
 * @param url http(s), or {@code upload:} and the id of an uploaded file
 */
record Video(
    String uid,
    Kind kind,
    BigDecimal start,
    @Nullable BigDecimal end,
    @Nullable BigDecimal mediaStart,
    @Nullable BigDecimal bytes,
    @Nullable BigDecimal seconds,
    String id,
    String url) {
  static final String UPLOAD = "upload:";

  /** {@code value}: what is not known is left out. */
  ObjectNode value() {
    ObjectNode value = Json.LINES.createObjectNode().put("uid", uid).put("start_time", start);
    put(value, "end_time", end);
    put(value, "media_start_time", mediaStart);
    put(value, "file_size", bytes);
    put(value, "duration", seconds);
    return value.put("video_id", id).put("video_url", url).put("kind", kind.word());
  }

  private static void put(ObjectNode value, String name, @Nullable BigDecimal number) {
    if (number != null) {
      value.put(name, number);
    }
  }

  /** An id for a video that came without one: the same for the same stream and start. */
  static String idOf(String stream, BigDecimal start) {
    return Digest.hex("SHA-256", stream + "\n" + UnixTime.millis(start)).substring(0, 32);
  }
}
