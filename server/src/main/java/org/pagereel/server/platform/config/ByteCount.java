package org.pagereel.server.platform.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of files as people write them: {@code 4GB}, {@code 500MB}, {@code 64kB}, bytes. */
final class ByteCount {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(B|kB|MB|GB|TB)|(\\d{1,15})");

  private ByteCount() {}

  /**
   * Returns bytes, of which a kB has 1000.
   *
   * @throws IllegalArgumentException it is none, or 0
   */
  static long parse(String text) {
    Matcher matcher = FORM.matcher(text);
    long bytes = matcher.matches() ? bytes(matcher) : 0;
    if (bytes == 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is no size; expected a whole number with B, kB, MB, GB or TB, not 0");
    }
    return bytes;
  }

  private static long bytes(Matcher matcher) {
    if (matcher.group(3) != null) {
      return Long.parseLong(matcher.group(3));
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "kB" -> amount * 1000;
      case "MB" -> amount * 1_000_000;
      case "GB" -> amount * 1_000_000_000;
      case "TB" -> amount * 1_000_000_000_000L;
      default -> amount;
    };
  }
}
