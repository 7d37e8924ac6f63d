package org.pagereel.server.faces.im;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.http.JsonInteger;
import org.pagereel.server.platform.http.Quote;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request's JSON; what is wrong is named with its value and what is allowed. Fields that this
 * face does not know are let pass, as the vendor does: push notices, forbidden callbacks, members.
 */
public final class Body {
  /** Numbers of a message come out as they went in. */
  public static final JsonMapper EXACT =
      Json.LINES
          .rebuild()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final JsonNode object;

  private Body(JsonNode object) {
    this.object = object;
  }

  /** The same of fields that came in another way. */
  public static Body of(ObjectNode fields) {
    return new Body(fields);
  }

  /**
   * Reads a request's body.
   *
   * @throws ImError 60003: it is no JSON object
   */
  public static Body of(byte[] bytes) {
    try {
      JsonNode node = EXACT.readTree(bytes);
      if (node.isObject()) {
        return new Body(node);
      }
      throw ImCode.BAD_JSON.error("The body must be a JSON object");
    } catch (JacksonException e) {
      // What the library says of the place is about its own source.
      String reason = String.valueOf(e.getOriginalMessage()).split(" \\(", 2)[0];
      throw ImCode.BAD_JSON.error("The body is no JSON: " + reason);
    }
  }

  public boolean has(String name) {
    return !field(name).isMissingNode() && !field(name).isNull();
  }

  public JsonNode field(String name) {
    return object.path(name);
  }

  public Optional<String> text(String name, int mostBytes) {
    if (!has(name)) {
      return Optional.empty();
    }
    String allowed = "a string of at most " + mostBytes + " bytes";
    if (!field(name).isString()) {
      throw wrong(name, allowed);
    }
    String text = field(name).stringValue();
    if (text.getBytes(StandardCharsets.UTF_8).length > mostBytes) {
      throw wrong(name, allowed);
    }
    return Optional.of(text);
  }

  /** A text that is there and not empty. */
  public String requiredText(String name, int mostBytes) {
    return text(name, mostBytes)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> wrong(name, "a string of 1 to " + mostBytes + " bytes"));
  }

  public Optional<Long> number(String name, long min, long max) {
    if (!has(name)) {
      return Optional.empty();
    }
    Optional<Long> number = JsonInteger.of(field(name));
    if (number.isEmpty() || number.get() < min || number.get() > max) {
      throw wrong(name, "whole numbers from " + min + " to " + max);
    }
    return number;
  }

  public long requiredNumber(String name, long min, long max) {
    return number(name, min, max)
        .orElseThrow(() -> wrong(name, "whole numbers from " + min + " to " + max));
  }

  public ImError wrong(String name, String allowed) {
    return wrong(ImCode.BAD_PARAMETER, name, allowed);
  }

  public ImError wrong(ImCode code, String name, String allowed) {
    return code.error(described(name, field(name), allowed));
  }

  /** Such as {@code Random is "x"; allowed: whole numbers from 0 to 4294967295}. */
  static String described(String name, JsonNode value, String allowed) {
    String text = value.isMissingNode() ? "absent" : value.toString();
    return name + " is " + Quote.of(text) + "; allowed: " + allowed;
  }
}
