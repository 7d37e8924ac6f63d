package org.pagereel.recorder;

import java.util.regex.Pattern;

/**
 * What pages and callers wrote, for terminals and text logs: it commands no terminal, begins no
 * line of its own, and does not turn the direction of what follows.
 */
public final class PlainText {
  /** Control characters of both kinds, line separators, and marks of direction. */
  private static final Pattern COMMANDS =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  private PlainText() {}

  /** The text with a space for each such character. */
  public static String of(String text) {
    return COMMANDS.matcher(text).replaceAll(" ");
  }
}
