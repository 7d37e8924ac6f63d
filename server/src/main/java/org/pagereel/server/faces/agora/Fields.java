package org.pagereel.server.faces.agora;

import io.javalin.http.Context;
import java.util.Optional;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.http.JsonInteger;
import org.pagereel.server.platform.http.Quote;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a JSON object's fields; what is wrong is named with its value and what is allowed. */
final class Fields {
  private final String prefix;
  private final JsonNode object;

  private Fields(String prefix, JsonNode object) {
    this.prefix = prefix;
    this.object = object;
  }

  /**
   * The fields of a request's body; an empty body has none. JSON says itself how it is encoded:
   * what the request's {@code charset} says does not matter, and need not exist.
   */
  static Fields of(Context context) {
    try {
      JsonNode node = Json.LINES.readTree(context.bodyAsBytes());
      if (missing(node)) {
        return new Fields("", Json.LINES.createObjectNode());
      }
      if (!node.isObject()) {
        throw ApiError.bad("The body must be a JSON object");
      }
      return new Fields("", node);
    } catch (JacksonException e) {
      throw ApiError.bad("The body is no JSON: " + e.getOriginalMessage());
    }
  }

  static Fields of(JsonNode object) {
    return new Fields("", object);
  }

  boolean has(String name) {
    return !missing(object.path(name));
  }

  /** An object; without any fields when it is absent. */
  Fields object(String name) {
    JsonNode node = object.path(name);
    if (missing(node)) {
      return new Fields(prefix + name + ".", Json.LINES.createObjectNode());
    }
    if (!node.isObject()) {
      throw wrong(name, node, "an object");
    }
    return new Fields(prefix + name + ".", node);
  }

  JsonNode tree(String name) {
    return missing(object.path(name)) ? Json.LINES.createObjectNode() : object.path(name);
  }

  String text(String name, String otherwise, int longest) {
    JsonNode node = object.path(name);
    if (missing(node)) {
      return otherwise;
    }
    if (!node.isString()) {
      throw wrong(name, node, "a string");
    }
    if (node.stringValue().length() > longest) {
      throw wrong(name, node, "a string of at most " + longest + " characters");
    }
    return node.stringValue();
  }

  int number(String name, int otherwise, int min, int max) {
    JsonNode node = object.path(name);
    if (missing(node)) {
      return otherwise;
    }
    long value =
        JsonInteger.of(node)
            .orElseThrow(() -> wrong(name, node, "a whole number from " + min + " to " + max));
    if (value < min || value > max) {
      throw wrong(name, node, min + " to " + max);
    }
    return (int) value;
  }

  /** A number that some clients send as a string. */
  int loose(String name, int otherwise, int min, int max) {
    JsonNode node = object.path(name);
    if (node.isString() && node.stringValue().matches("\\d{1,9}")) {
      int value = Integer.parseInt(node.stringValue());
      if (value < min || value > max) {
        throw wrong(name, node, min + " to " + max);
      }
      return value;
    }
    return number(name, otherwise, min, max);
  }

  /** A boolean, which the documents' own example sends as a string. */
  Optional<Boolean> flag(String name) {
    JsonNode node = object.path(name);
    if (missing(node)) {
      return Optional.empty();
    }
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    String text = node.isString() ? node.stringValue() : "";
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Optional.of(Boolean.parseBoolean(text));
    }
    throw wrong(name, node, "true and false");
  }

  ApiError wrong(String name, String allowed) {
    return wrong(name, object.path(name), allowed);
  }

  private ApiError wrong(String name, JsonNode value, String allowed) {
    String shown = missing(value) ? "absent" : Quote.of(value.toString());
    return ApiError.bad(prefix + name + " is " + shown + "; allowed: " + allowed);
  }

  private static boolean missing(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
