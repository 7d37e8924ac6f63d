package org.pagereel.recorder.browser;

import com.microsoft.playwright.PlaywrightException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one sentence in what Playwright throws, which it wraps as an error object's text. */
final class PlaywrightReason {
  private static final Pattern MESSAGE = Pattern.compile("message='([^\\n]*)");

  private PlaywrightReason() {}

  static String of(PlaywrightException e) {
    String text = String.valueOf(e.getMessage()).strip();
    Matcher message = MESSAGE.matcher(text);
    return message.find() ? message.group(1) : text.lines().findFirst().orElse("no reason given");
  }
}
