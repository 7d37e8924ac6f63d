package org.pagereel.server.tencent;

/** A caller's words in an error message: not too many of them. */
final class Quote {
  private static final int LONGEST = 100;

  private Quote() {}

  static String of(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
