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
 * @param sentMillis when the server had it, Unix milliseconds
 * @param grainMillis how exact that is: 1, or 1000 where only the second is known
 * @param data its custom elements that are JSON objects
 */
record ClassMessage(long seq, String from, long sentMillis, long grainMillis, List<JsonNode> data) {

  /** Reads a line; empty for a hole and for what is no message. */
  static Optional<ClassMessage> parse(String line) {
    try {
      return of(Json.LINES.readTree(line));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Optional<ClassMessage> of(JsonNode node) {
    long seq = node.path("MsgSeq").asLong(0);
    if (seq <= 0 || node.path("IsPlaceMsg").asLong(0) != 0) {
      return Optional.empty();
    }
    long exact = node.path("MsgTimeMillis").asLong(0);
    long sent = exact > 0 ? exact : node.path("MsgTimeStamp").asLong(0) * 1000;
    List<JsonNode> data = new ArrayList<>();
    for (JsonNode element : node.path("MsgBody")) {
      object(element.path("MsgContent").path("Data").asString("")).ifPresent(data::add);
    }
    return Optional.of(
        new ClassMessage(
            seq, node.path("From_Account").asString(""), sent, exact > 0 ? 1 : 1000, data));
  }

  private static Optional<JsonNode> object(String text) {
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.LINES.readTree(text)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty(); // somebody else's custom message
    }
  }
}
