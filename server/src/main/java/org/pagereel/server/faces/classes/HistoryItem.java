package org.pagereel.server.faces.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A message of a group's history, a line of {@code messages.jsonl} (docs/vendors/tencent.md,
 * "Message history").
 *
 * @param isHole whether the number has no message
 * @param sentMillis the time at which the server got it, Unix milliseconds
 * @param grainMillis the precision of that: 1, or 1000 if only the second is known
 * @param data its custom elements that are JSON objects
 * @param broken the number of custom elements that begin like such objects and are none
 */
record HistoryItem(
    long seq,
    boolean isHole,
    String from,
    long sentMillis,
    long grainMillis,
    List<JsonNode> data,
    int broken) {
  /** A message has 8,000 bytes at the most, and JSON may write each of them as six. */
  private static final int LONGEST_LINE = 1 << 20;

  /** Reads a line; empty if it is no item of a history. */
  static Optional<HistoryItem> of(String line) {
    return line.length() > LONGEST_LINE
        ? Optional.empty()
        : read(line).filter(item -> item.path("MsgSeq").asLong(0) > 0).map(HistoryItem::of);
  }

  private static HistoryItem of(JsonNode item) {
    boolean isHole = item.path("IsPlaceMsg").asLong(0) != 0;
    long exact = item.path("MsgTimeMillis").asLong(0);
    List<JsonNode> data = new ArrayList<>();
    int broken = 0;
    for (JsonNode element : isHole ? List.<JsonNode>of() : item.path("MsgBody")) {
      String text = element.path("MsgContent").path("Data").asString("").strip();
      if (text.startsWith("{")) {
        Optional<JsonNode> object = read(text).filter(JsonNode::isObject);
        object.ifPresent(data::add);
        broken += object.isPresent() ? 0 : 1;
      }
    }
    return new HistoryItem(
        item.path("MsgSeq").asLong(0),
        isHole,
        item.path("From_Account").asString(""),
        exact > 0 ? exact : item.path("MsgTimeStamp").asLong(0) * 1000,
        exact > 0 ? 1 : 1000,
        data,
        broken);
  }

  private static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(Json.LINES.readTree(text));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
