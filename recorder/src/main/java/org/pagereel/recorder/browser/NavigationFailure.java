package org.pagereel.recorder.browser;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.ShownAddress;

/** Says in a person's words why a page could not be opened. */
final class NavigationFailure {
  private static final Map<String, String> REASONS =
      Map.of(
          "ERR_NAME_NOT_RESOLVED", "the host is unknown",
          "ERR_CONNECTION_REFUSED", "the host refused the connection; is the port right?",
          "ERR_ADDRESS_UNREACHABLE", "the host cannot be reached from here",
          "ERR_INTERNET_DISCONNECTED", "this machine has no network",
          "ERR_CONNECTION_TIMED_OUT", "the host did not answer",
          "ERR_EMPTY_RESPONSE", "the server closed the connection without an answer",
          "ERR_CONNECTION_RESET", "the connection was reset",
          "ERR_CERT", "its TLS certificate is not valid for it",
          "ERR_SSL", "it does not speak proper TLS",
          "Download is starting", "it is a download, not a page");

  private static final String UNKNOWN = "the browser says";
  private static final Pattern ERROR_CODE = Pattern.compile("net::[A-Z0-9_]+");

  private NavigationFailure() {}

  static RecordingFailure of(String url, String message) {
    String reason =
        REASONS.entrySet().stream()
            .filter(entry -> message.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(UNKNOWN);
    Matcher code = ERROR_CODE.matcher(message);
    String detail = code.find() ? " (" + code.group() + ")" : "";
    String rest =
        reason.equals(UNKNOWN)
            ? ": " + message.lines().findFirst().orElse("").replace(url, ShownAddress.of(url))
            : "";
    return new RecordingFailure(
        FailureCategory.PAGE,
        "Cannot open " + ShownAddress.of(url) + ": " + reason + rest + detail);
  }
}
