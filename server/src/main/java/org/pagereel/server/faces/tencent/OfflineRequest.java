package org.pagereel.server.faces.tencent;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.ReplayRequest.Mix;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What CreateOfflineRecord asks for (docs/vendors/tencent.md, "After-class tasks").
 *
 * @param groupId the group with the class's messages
 */
record OfflineRequest(long roomId, String groupId, ReplayRequest replay) {
  private static final long LARGEST_ROOM = 4_294_967_295L;
  private static final int LARGEST = 3000;
  private static final Pattern RATIO =
      Pattern.compile("(\\d{1,4}(?:\\.\\d{1,3})?):(\\d{1,4}(?:\\.\\d{1,3})?)");

  /**
   * Reads the parameters.
   *
   * @param page address of the app's own replay page; null for the built-in one
   * @throws TiwError the first parameter that is wrong
   */
  static OfflineRequest of(Fields body, @Nullable String page) {
    body.number("SdkAppId"); // known already
    long roomId = body.requiredNumber("RoomId", 1, LARGEST_ROOM);
    String groupId = body.text("GroupId", "", 128);
    Mix mix = mix(body);
    Fields board = body.object("Whiteboard").orElse(null);
    ReplayRequest replay =
        board == null
            ? new ReplayRequest(null, null, null, mix, null, page)
            : new ReplayRequest(
                even(board, "Width", 1280),
                even(board, "Height", 960),
                ratio(board),
                mix,
                null,
                page);
    if (board != null) {
      board.nothingElse();
    }
    body.nothingElse();
    return new OfflineRequest(roomId, groupId.isEmpty() ? String.valueOf(roomId) : groupId, replay);
  }

  /**
   * Null when nothing is to be mixed; what is not enabled is read no further. It is enabled in the
   * three ways of which the vendor's documents speak: {@code MixStream.Enabled}, {@code MIX_STREAM}
   * set to true, or among the {@code Extras}; the first of them that is there counts.
   */
  private static @Nullable Mix mix(Fields body) {
    boolean extra = Extras.mix(body);
    if (body.isFlag("MixStream")) {
      return body.flag("MixStream", false) ? new Mix(null, null, null, true) : null;
    }
    Optional<Fields> mix = body.object("MixStream");
    if (mix.isEmpty()) {
      return extra ? new Mix(null, null, null, true) : null;
    }
    Fields fields = mix.get();
    if (extra ? !fields.flag("Enabled", true) : !fields.requiredFlag("Enabled")) {
      return null;
    }
    if (fields.has("Custom")) {
      throw fields.wrong(
          "Custom", "none: layouts of one's own are not supported for after-class recording");
    }
    fields.number("ModelId", 1, 1, 2); // after class there is one layout, whatever this says
    String teacher = fields.text("TeacherId", "", 128);
    boolean sound = !fields.flag("DisableAudio", false);
    fields.nothingElse();
    return new Mix(null, null, teacher.isEmpty() ? null : teacher, sound);
  }

  /** H.264 wants even sizes: an odd one is a pixel smaller. */
  private static int even(Fields board, String name, int otherwise) {
    return (int) board.number(name, otherwise, 2, LARGEST) & ~1;
  }

  /** The only part of InitParam that counts after class; null when it is not said. */
  private static @Nullable Double ratio(Fields board) {
    String text = board.text("InitParam", "", 4096);
    if (text.isEmpty()) {
      return null;
    }
    JsonNode ratio = object(board, text).path("ratio");
    if (ratio.isMissingNode() || ratio.isNull()) {
      return null;
    }
    Matcher matcher = RATIO.matcher(ratio.isString() ? ratio.stringValue() : "");
    if (matcher.matches()) {
      double value = Double.parseDouble(matcher.group(1)) / Double.parseDouble(matcher.group(2));
      if (value >= 0.1 && value <= 10) {
        return value;
      }
    }
    throw board.wrong("InitParam", "a ratio of width to height from 1:10 to 10:1, such as 16:9");
  }

  private static JsonNode object(Fields board, String text) {
    try {
      JsonNode node = Json.LINES.readTree(text);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      // Said below, as of any other text that is no object.
    }
    throw board.wrong("InitParam", "a JSON object as a string, such as {\"ratio\":\"16:9\"}");
  }
}
