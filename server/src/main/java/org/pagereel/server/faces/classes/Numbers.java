package org.pagereel.server.faces.classes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.pagereel.server.faces.im.Body;
import tools.jackson.databind.JsonNode;

/** Numbers of a callback, which senders also write as texts. */
final class Numbers {
  /** Larger than any time in milliseconds, or any file. */
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000_000L);

  /** Microseconds. */
  private static final int MAX_DIGITS = 6;

  private static final String FORM = "\\d{1,16}(\\.\\d{1,30})?";
  private static final String ALLOWED = "numbers from 0 to " + LARGEST;

  private Numbers() {}

  /**
   * The field of this name; empty if absent.
   *
   * @throws org.pagereel.server.faces.im.ImError 10004
   */
  static Optional<BigDecimal> of(Body body, String name) {
    if (!body.has(name)) {
      return Optional.empty();
    }
    JsonNode node = body.field(name);
    String text = node.isNumber() || node.isString() ? node.asString() : "";
    if (!text.matches(FORM) || new BigDecimal(text).compareTo(LARGEST) > 0) {
      throw body.wrong(name, ALLOWED);
    }
    BigDecimal number = new BigDecimal(text).setScale(MAX_DIGITS, RoundingMode.HALF_UP);
    BigDecimal shortest = number.stripTrailingZeros();
    return Optional.of(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
  }

  static BigDecimal required(Body body, String name) {
    return of(body, name).orElseThrow(() -> body.wrong(name, ALLOWED));
  }
}
