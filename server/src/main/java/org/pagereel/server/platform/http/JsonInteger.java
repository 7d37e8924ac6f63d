package org.pagereel.server.platform.http;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whole numbers in JSON, however they are written and however large; the library throws at some.
 */
public final class JsonInteger {
  private JsonInteger() {}

  /** Empty for what is no number, has a fraction, or is larger than any that is used here. */
  public static Optional<Long> of(JsonNode node) {
    if (!node.isNumber()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(node.asString()).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
