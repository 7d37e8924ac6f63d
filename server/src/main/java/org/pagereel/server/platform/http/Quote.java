package org.pagereel.server.platform.http;

/** A caller's words in an error message: not too many of them. */
public final class Quote {
  private static final int LONGEST = 100;

  private Quote() {}

  public static String of(String text) {
    return of(text, LONGEST);
  }

  public static String of(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }
}
