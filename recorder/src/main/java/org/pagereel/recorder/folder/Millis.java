package org.pagereel.recorder.folder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A time in milliseconds in a message. Business servers pass on what a form gave them, which is a
 * text, and some clocks have fractions.
 */
public final class Millis {
  /** No exponent that would take long to count out. */
  private static final Pattern FORM =
      Pattern.compile("[+-]?\\d{1,20}(\\.\\d{1,20})?([eE][+-]?\\d{1,2})?");

  /** Far beyond any clock; the library throws at larger ones. */
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000_000L);

  private Millis() {}

  /** Empty for what is no such number. */
  public static OptionalLong of(JsonNode node) {
    String text = node.isNumber() || node.isString() ? node.asString().strip() : "";
    if (!FORM.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    BigDecimal number = new BigDecimal(text);
    return number.abs().compareTo(LARGEST) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(number.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }
}
