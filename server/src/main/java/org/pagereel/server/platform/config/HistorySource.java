package org.pagereel.server.platform.config;

import org.jspecify.annotations.Nullable;

/**
 * Where an app's messages are pulled from, and as whom.
 *
 * @param url http(s)://host[:port]
 * @param identifier an admin of the app there
 * @param usersig his, if no key may be given away
 * @param key UserSigs are made with it; null with no usersig: the app's key
 */
public record HistorySource(
    String url, String identifier, @Nullable String usersig, @Nullable String key) {
  public HistorySource {
    if (!url.matches("https?://[^\\s/?#]+/?")) {
      throw new IllegalArgumentException(
          "tencent.apps.history.url is " + url + "; allowed are http(s)://host[:port]");
    }
    if (identifier.isBlank()) {
      throw new IllegalArgumentException(
          "tencent.apps.history.identifier is absent; allowed: an admin of the app");
    }
    if (usersig != null && key != null) {
      throw new IllegalArgumentException(
          "tencent.apps.history of " + url + " has a usersig and a key; allowed: one of them");
    }
  }

  /** Signature and key stay out of logs. */
  @Override
  public String toString() {
    return "HistorySource[" + url + ", " + identifier + "]";
  }
}
