package org.pagereel.server.im;

import java.net.URI;

/**
 * Where a group's history is pulled from, and as whom.
 *
 * @param address scheme and host, such as {@code https://console.tim.qq.com}
 * @param key the app's UserSig key
 * @param identifier an admin of the app
 */
public record HistoryAccess(URI address, long sdkAppId, String key, String identifier) {
  public HistoryAccess {
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.matches("https?") || address.getHost() == null) {
      throw new IllegalArgumentException(
          "The address of the history is " + address + "; allowed are http(s)://host[:port]");
    }
  }

  /** The key stays out of logs. */
  @Override
  public String toString() {
    return "HistoryAccess[" + address + ", " + sdkAppId + ", " + identifier + "]";
  }
}
