package org.pagereel.recorder;

import java.time.Duration;

/** Refuses what is out of range, in the words that every face and command line shows. */
public final class Range {
  private Range() {}

  /**
   * Fails unless it is within the range. Stored requests are read through this, too: a range may be
   * widened, never narrowed.
   *
   * @throws IllegalArgumentException names the field, its value and what is allowed
   */
  public static <T extends Comparable<T>> void require(String field, T value, T min, T max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "%s is %s; allowed are %s to %s".formatted(field, show(value), show(min), show(max)));
    }
  }

  private static Object show(Object value) {
    return value instanceof Duration duration ? Durations.text(duration) : value;
  }
}
