package org.pagereel.server.platform.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.ReadySignal;

/**
 * An application of a Tencent account.
 *
 * @param key its users' UserSigs are made with it; null believes every UserSig
 * @param page address of its recording page; null for the built-in room
 * @param ready the signal that the page is ready
 * @param keep files are deleted so long after the end of their recording; 1 min to 10 years
 * @param messages a group's messages are deleted so long after it was destroyed, or after the last
 *     one if it was not; 1 h to 10 years
 * @param admins users who may call the messages' API, by their identifiers; null for whoever has a
 *     UserSig
 * @param callbackKey callbacks about recorded cameras are signed with it; null: they need a UserSig
 * @param uploadBytes the largest file of a class that is taken
 * @param history the source of the messages of a class's group; null: they are here
 * @param replayPage address of the page that draws its whiteboards after class; null for the
 *     built-in one
 */
public record TencentApp(
    long sdkAppId,
    @Nullable String key,
    @Nullable String page,
    ReadySignal ready,
    Duration keep,
    Duration messages,
    @Nullable List<String> admins,
    @Nullable String callbackKey,
    long uploadBytes,
    @Nullable HistorySource history,
    @Nullable String replayPage) {
  public static final Duration DEFAULT_KEEP = Duration.ofDays(3);
  public static final Duration DEFAULT_MESSAGES = Duration.ofDays(7);

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration SHORTEST_MESSAGES = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(3650);

  public TencentApp {
    if (sdkAppId < 1 || sdkAppId > 4_294_967_295L) {
      throw new IllegalArgumentException(
          "tencent.apps.sdkAppId is " + sdkAppId + "; allowed are 1 to 4294967295");
    }
    if (key != null && !key.matches("[\\x21-\\x7e]{8,256}")) {
      throw new IllegalArgumentException(
          "tencent.apps.key of " + sdkAppId + " must be the app's UserSig key, 64 characters");
    }
    requireAddress("page", sdkAppId, page);
    requireAddress("replayPage", sdkAppId, replayPage);
    if (keep.compareTo(SHORTEST) < 0 || keep.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "tencent.apps.keep of " + sdkAppId + " is " + keep + "; allowed are 1m to 3650d");
    }
    if (messages.compareTo(SHORTEST_MESSAGES) < 0 || messages.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "tencent.apps.messages of " + sdkAppId + " is " + messages + "; allowed are 1h to 3650d");
    }
    admins = admins == null ? null : List.copyOf(admins);
    if (callbackKey != null && !callbackKey.matches("[\\x21-\\x7e]{1,256}")) {
      throw new IllegalArgumentException(
          "tencent.apps.callbackKey of "
              + sdkAppId
              + " must be the key of the live recording's callbacks, visible ASCII characters");
    }
    if (history != null && history.usersig() == null && history.key() == null && key == null) {
      throw new IllegalArgumentException(
          "tencent.apps.history of "
              + sdkAppId
              + " has neither usersig nor key, and the app has no key");
    }
  }

  private static void requireAddress(String name, long sdkAppId, @Nullable String address) {
    if (address != null && !address.matches("(?i)https?://[^\\s/]+.*")) {
      throw new IllegalArgumentException(
          "tencent.apps.%s of %d is %s; allowed are addresses that begin with http:// or https://"
              .formatted(name, sdkAppId, address));
    }
  }

  /** Whether this user may call the messages' API, as far as that is said. */
  public boolean isAdmin(String identifier) {
    return admins == null || admins.contains(identifier);
  }

  /** The key stays out of logs. */
  @Override
  public String toString() {
    return "TencentApp[" + sdkAppId + "]";
  }
}
