package org.pagereel.server.faces.tencent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.http.JsonInteger;
import org.pagereel.server.platform.http.Quote;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads an action's parameters, whether they came as JSON or flattened; what is wrong is named with
 * its value and what is allowed.
 *
 * <p>A name that is spelt in an older way ({@code room_id}, {@code SdkAppID}) is the same name.
 */
final class Fields {
  private static final int LONGEST_LIST = 200;
  private static final String NUMBER = "-?\\d{1,18}";

  private final String prefix;
  private final JsonNode object;
  private final boolean flattened;
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  private Fields(String prefix, JsonNode object, boolean flattened) {
    this.prefix = prefix;
    this.object = object;
    this.flattened = flattened;
    for (String name : object.propertyNames()) {
      names.put(folded(name), name);
    }
  }

  /** Those of a JSON body; an empty body has none. */
  static Fields ofJson(byte[] body) {
    if (body.length == 0) {
      return new Fields("", Json.LINES.createObjectNode(), false);
    }
    try {
      JsonNode node = Json.LINES.readTree(body);
      if (!node.isObject()) {
        throw TiwCode.INVALID_PARAMETER.error("The body must be a JSON object");
      }
      return new Fields("", node, false);
    } catch (JacksonException e) {
      // What the library says of the place is about its own source.
      String reason = String.valueOf(e.getOriginalMessage()).split(" \\(", 2)[0];
      throw TiwCode.INVALID_PARAMETER.error("The body is no JSON: " + reason);
    }
  }

  static Fields ofFlattened(Map<String, String> form) {
    return new Fields("", Flattened.tree(form), true);
  }

  /**
   * To be called when all names that exist have been asked for.
   *
   * @throws TiwError UnknownParameter
   */
  void nothingElse() {
    for (Map.Entry<String, String> name : names.entrySet()) {
      if (!known.contains(name.getKey())) {
        throw TiwCode.UNKNOWN_PARAMETER.error(
            "There is no parameter " + Quote.of(prefix + name.getValue()));
      }
    }
  }

  boolean has(String name) {
    JsonNode node = node(name);
    return !node.isMissingNode() && !node.isNull();
  }

  Optional<Fields> object(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!node(name).isObject()) {
      throw unmatched(name, "an object");
    }
    return Optional.of(new Fields(prefix + name + ".", node(name), flattened));
  }

  Fields requiredObject(String name) {
    return object(name).orElseThrow(() -> missing(name));
  }

  /** A list of objects; empty when it is absent. */
  List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode item : list(name)) {
      if (!item.isObject()) {
        throw unmatched(name, "a list of objects");
      }
      objects.add(new Fields(prefix + name + "." + objects.size() + ".", item, flattened));
    }
    return objects;
  }

  /** A list of strings; empty when it is absent. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list(name)) {
      if (!item.isString()) {
        throw unmatched(name, "a list of strings");
      }
      texts.add(item.stringValue());
    }
    return texts;
  }

  private JsonNode list(String name) {
    if (!has(name)) {
      return Json.LINES.createArrayNode();
    }
    JsonNode node = node(name);
    if (!node.isArray()) {
      throw unmatched(name, "a list");
    }
    if (node.size() > LONGEST_LIST) {
      throw wrong(name, "a list of at most " + LONGEST_LIST);
    }
    return node;
  }

  String text(String name, String otherwise, int longest) {
    if (!has(name)) {
      return otherwise;
    }
    if (!node(name).isString()) {
      throw unmatched(name, "a string");
    }
    String text = node(name).stringValue();
    if (text.length() > longest) {
      throw wrong(name, "a string of at most " + longest + " characters");
    }
    return text;
  }

  String requiredText(String name, int longest) {
    if (!has(name)) {
      throw missing(name);
    }
    return text(name, "", longest);
  }

  long number(String name, long otherwise, long min, long max) {
    return number(name).map(value -> within(name, value, min, max)).orElse(otherwise);
  }

  long requiredNumber(String name, long min, long max) {
    return within(name, number(name).orElseThrow(() -> missing(name)), min, max);
  }

  /** A whole number of whatever size; in the flattened form it is a string. */
  Optional<Long> number(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode node = node(name);
    if (flattened && node.isString() && node.stringValue().matches(NUMBER)) {
      return Optional.of(Long.valueOf(node.stringValue()));
    }
    return Optional.of(JsonInteger.of(node).orElseThrow(() -> unmatched(name, "a whole number")));
  }

  private long within(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw wrong(name, min + " to " + max);
    }
    return value;
  }

  /** Whether it is true or false, and nothing else. */
  boolean isFlag(String name) {
    JsonNode node = node(name);
    return node.isBoolean() || isFlattenedFlag(node);
  }

  private boolean isFlattenedFlag(JsonNode node) {
    return flattened && node.isString() && node.stringValue().matches("(?i)true|false");
  }

  boolean flag(String name, boolean otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode node = node(name);
    if (isFlattenedFlag(node)) {
      return Boolean.parseBoolean(node.stringValue());
    }
    if (!node.isBoolean()) {
      throw unmatched(name, "true and false");
    }
    return node.booleanValue();
  }

  boolean requiredFlag(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    return flag(name, false);
  }

  /** Of the right type, but not allowed. */
  TiwError wrong(String name, String allowed) {
    return TiwCode.RECORD_PARAMETER.error(described(name, allowed));
  }

  private TiwError unmatched(String name, String allowed) {
    return TiwCode.TYPE_UNMATCHED.error(described(name, allowed));
  }

  private TiwError missing(String name) {
    return TiwCode.MISSING_PARAMETER.error("The parameter " + prefix + name + " is missing");
  }

  private String described(String name, String allowed) {
    String shown = has(name) ? Quote.of(node(name).toString()) : "absent";
    return prefix + name + " is " + shown + "; allowed: " + allowed;
  }

  private JsonNode node(String name) {
    known.add(folded(name));
    JsonNode exact = object.path(name);
    String other = names.get(folded(name));
    return exact.isMissingNode() && other != null ? object.path(other) : exact;
  }

  private static String folded(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
