package org.pagereel.recorder;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations of media, and as people write them: {@code 500ms}, {@code 30s}, {@code 10m}, {@code
 * 2h}, {@code 3d}.
 */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /** FFmpeg counts in microseconds, and so does everything that has to do with media. */
  public static Duration ofMicros(long micros) {
    return Duration.ofNanos(micros * 1000);
  }

  /** The inverse of {@link #ofMicros}; what is less than a microsecond is cut off. */
  public static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  /** Seconds as reports and events have them: with microseconds behind the point. */
  public static double seconds(Duration duration) {
    return Math.round(duration.toNanos() / 1e3) / 1e6;
  }

  public static Duration ofSeconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e6) * 1000);
  }

  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no duration; expected a whole number with ms, s, m, h or d, such as 30s");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** The shortest form that {@link #parse} reads. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    if (millis % 3_600_000 == 0 && millis != 0) {
      return millis / 3_600_000 + "h";
    }
    return millis % 60_000 == 0 && millis != 0 ? millis / 60_000 + "m" : millis / 1000 + "s";
  }
}
