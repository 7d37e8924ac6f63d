package org.pagereel.server.service;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.server.platform.config.Settings;

/** The address to listen on. */
final class Listen {
  private Listen() {}

  /**
   * Reads host:port.
   *
   * @throws RecordingFailure it is none, or everybody could reach a server that lets everybody in
   */
  static InetSocketAddress parse(Settings settings) {
    String text = String.valueOf(settings.listen());
    Matcher matcher = Pattern.compile("(\\[[0-9a-fA-F:]+\\]|[^:]+):(\\d{1,5})").matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new RecordingFailure(
          FailureCategory.USER,
          "listen is '" + text + "'; allowed is host:port, such as 127.0.0.1:8080");
    }
    InetSocketAddress address =
        new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
    if (address.isUnresolved()) {
      throw new RecordingFailure(FailureCategory.USER, "listen: there is no host " + text);
    }
    if (!settings.authentication() && !address.getAddress().isLoopbackAddress()) {
      throw new RecordingFailure(
          FailureCategory.USER,
          "authentication: false is allowed on loopback only, and listen is " + text);
    }
    return address;
  }
}
