package org.pagereel.server.faces.classes;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.pagereel.server.faces.im.Account;
import org.pagereel.server.faces.im.Body;
import org.pagereel.server.faces.im.ImError;

/** Fields that a video comes with, however it comes. */
final class VideoFields {
  private static final int LONGEST_ID = 128;
  private static final int LONGEST_URL = 4096;

  private VideoFields() {}

  /** A user. */
  static String user(Body body, String name) {
    return Account.of(body, name)
        .filter(user -> !user.isBlank())
        .orElseThrow(() -> body.wrong(name, "a user of 1 to 60 bytes"));
  }

  /** A video's id; empty if absent or an empty string. */
  static Optional<String> id(Body body, String name) {
    Optional<String> id = body.text(name, LONGEST_ID).filter(text -> !text.isEmpty());
    if (id.isPresent() && id.get().chars().anyMatch(Character::isISOControl)) {
      throw body.wrong(name, "at most " + LONGEST_ID + " bytes without control characters");
    }
    return id;
  }

  static String url(Body body, String name) {
    String url = body.requiredText(name, LONGEST_URL);
    if (!isWeb(url)) {
      throw body.wrong(name, "an address that begins with http:// or https://");
    }
    return url;
  }

  /** A moment in Unix milliseconds. */
  static long millis(Body body, String name) {
    long least = UnixTime.LEAST_MILLIS + 1;
    Optional<Long> time = body.number(name, 0, Long.MAX_VALUE);
    return time.filter(millis -> millis >= least && millis < 10_000 * least)
        .orElseThrow(() -> wrongMillis(body, name));
  }

  private static ImError wrongMillis(Body body, String name) {
    return body.wrong(name, "Unix milliseconds, more than " + UnixTime.LEAST_MILLIS);
  }

  private static boolean isWeb(String url) {
    try {
      URI uri = new URI(url);
      return String.valueOf(uri.getScheme()).matches("(?i)https?") && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
