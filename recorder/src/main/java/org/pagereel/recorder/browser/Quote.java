package org.pagereel.recorder.browser;

/** A page's words in a warning: one line of bounded length. */
final class Quote {
  private static final int LONGEST = 200;

  private Quote() {}

  static String of(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
