package org.pagereel.server.faces.tencent;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.platform.outbox.Target;

/** Finds out where an event goes when it is sent: the address may have been changed meanwhile. */
public final class CallbackTargets {
  /** Once a minute (docs/vendors/tencent.md, "Callbacks"). */
  public static final Duration PAUSE = Duration.ofMinutes(1);

  private static final String PREFIX = "tencent/";
  private static final String OFFLINE = "/offline";

  private final Jdbi jdbi;
  private final Duration pause;

  /**
   * Finds the callbacks that are stored.
   *
   * @param pause the time between two tries of one event
   */
  public CallbackTargets(Jdbi jdbi, Duration pause) {
    this.jdbi = jdbi;
    this.pause = pause;
  }

  /** The name of an app's callback in the outbox. */
  static String name(long sdkAppId) {
    return PREFIX + sdkAppId;
  }

  /** The same of that for after-class tasks. */
  static String offlineName(long sdkAppId) {
    return PREFIX + sdkAppId + OFFLINE;
  }

  /** Empty when the name is not one of these, or the app has no callback any more. */
  public Optional<Target> find(String name) {
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    boolean offline = name.endsWith(OFFLINE);
    int end = name.length() - (offline ? OFFLINE.length() : 0);
    long sdkAppId = Long.parseLong(name.substring(PREFIX.length(), end));
    return Optional.of(
            jdbi.withHandle(handle ->
                offline ? Callbacks.offline(handle, sdkAppId) : Callbacks.find(handle, sdkAppId)))
        .filter(callback -> !callback.url().isEmpty())
        .map(callback -> new CallbackTarget(callback, pause));
  }
}
