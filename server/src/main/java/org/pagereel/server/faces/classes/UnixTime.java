package org.pagereel.server.faces.classes;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A moment as messages give it: seconds since 1970, also with a fraction, or milliseconds. What is
 * larger than 10<sup>11</sup> is milliseconds: as seconds it would be the year 5138, and as
 * milliseconds the least of them is 1973.
 */
public final class UnixTime {
  static final long LEAST_MILLIS = 100_000_000_000L;

  private static final BigDecimal LARGEST_SECONDS = BigDecimal.valueOf(LEAST_MILLIS);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private UnixTime() {}

  /** Milliseconds, rounded. */
  public static long millis(BigDecimal time) {
    BigDecimal millis = time.compareTo(LARGEST_SECONDS) > 0 ? time : time.multiply(THOUSAND);
    return millis.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
