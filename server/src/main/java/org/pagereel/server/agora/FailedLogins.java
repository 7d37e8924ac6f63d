package org.pagereel.server.agora;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts failed logins by address: too many in a minute, and more are not even argued about. */
final class FailedLogins {
  private static final int MOST_IN_A_MINUTE = 120;
  private static final int MOST_ADDRESSES = 10_000;

  private final Map<String, Integer> failures = new HashMap<>();
  private long minute;

  /** Notes a failure; true when there were too many already. */
  synchronized boolean tooMany(String address, Instant now) {
    long current = now.getEpochSecond() / 60;
    if (current != minute || failures.size() > MOST_ADDRESSES) {
      failures.clear();
      minute = current;
    }
    return failures.merge(address, 1, Integer::sum) > MOST_IN_A_MINUTE;
  }
}
