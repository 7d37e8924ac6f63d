package org.pagereel.recorder;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;

/**
 * The page to be recorded.
 *
 * @param url an http or https address
 * @param size of page, screen and video
 * @param ready the signal that the page is ready
 * @param readyTimeout the time that the page may take to be ready, 1 s to 10 min
 */
public record PageSpec(String url, PageSize size, ReadySignal ready, Duration readyTimeout) {
  public PageSpec {
    requireHttp(url);
    Range.require("ready-timeout", readyTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
  }

  private static void requireHttp(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new IllegalArgumentException(
            "url is '"
                + ShownAddress.of(url)
                + "'; allowed are addresses that begin with http:// or https://");
      }
      if (uri.getHost() == null) {
        throw new IllegalArgumentException(
            "url is '" + ShownAddress.of(url) + "'; it names no host");
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "url is '" + ShownAddress.of(url) + "'; " + e.getReason(), e);
    }
  }
}
