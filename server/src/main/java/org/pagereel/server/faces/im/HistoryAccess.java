package org.pagereel.server.faces.im;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.faces.usersig.NewUserSig;

/**
 * Where a group's history is pulled from, and as whom.
 *
 * @param address scheme and host, such as {@code https://console.tim.qq.com}
 * @param key the app's UserSig key; null with a userSig
 * @param identifier an admin of the app
 * @param userSig his; null: one is made for every call
 */
public record HistoryAccess(
    URI address, long sdkAppId, @Nullable String key, String identifier, @Nullable String userSig) {
  private static final Duration SIGNED_FOR = Duration.ofHours(1);

  public HistoryAccess {
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.matches("https?") || address.getHost() == null) {
      throw new IllegalArgumentException(
          "The address of the history is " + address + "; allowed are http(s)://host[:port]");
    }
    if ((key == null) == (userSig == null)) {
      throw new IllegalArgumentException(
          "The history at " + address + " needs a key or a usersig, one of them");
    }
  }

  public HistoryAccess(URI address, long sdkAppId, String key, String identifier) {
    this(address, sdkAppId, key, identifier, null);
  }

  String signature(Instant now) {
    return key == null
        ? String.valueOf(userSig)
        : NewUserSig.of(sdkAppId, identifier, key, now, SIGNED_FOR);
  }

  /** The key stays out of logs. */
  @Override
  public String toString() {
    return "HistoryAccess[" + address + ", " + sdkAppId + ", " + identifier + "]";
  }
}
