package org.pagereel.recorder.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A message of a class's group, as the history gives it (docs/CLASS_FOLDER.md).
 *
 * @param sentMillis the time at which the server got it, Unix milliseconds
 * @param grainMillis the precision of that: 1, or 1000 if only the second is known
 * @param data its custom elements that are JSON objects
 */
record ClassMessage(long seq, String from, long sentMillis, long grainMillis, List<JsonNode> data) {

  /** Whether a line's object is an item of the history, which a hole is, too. */
  static boolean isMessage(JsonNode node) {
    return node.path("MsgSeq").asLong(0) > 0;
  }

  /** Reads a message; empty for a hole. */
  static Optional<ClassMessage> of(JsonNode node, Unread unread) {
    long seq = node.path("MsgSeq").asLong(0);
    if (node.path("IsPlaceMsg").asLong(0) != 0) {
      return Optional.empty();
    }
    long exact = node.path("MsgTimeMillis").asLong(0);
    long sent = exact > 0 ? exact : node.path("MsgTimeStamp").asLong(0) * 1000;
    List<JsonNode> data = new ArrayList<>();
    for (JsonNode element : node.path("MsgBody")) {
      String text = element.path("MsgContent").path("Data").asString("").strip();
      if (text.startsWith("{")) {
        object(text).ifPresentOrElse(data::add, () -> unread.count(Unread.Kind.DATA, seq));
      }
    }
    return Optional.of(
        new ClassMessage(
            seq, node.path("From_Account").asString(""), sent, exact > 0 ? 1 : 1000, data));
  }

  private static Optional<JsonNode> object(String text) {
    try {
      return Optional.of(Json.LINES.readTree(text)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
