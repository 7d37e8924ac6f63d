package org.pagereel.recorder.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.pagereel.recorder.folder.ClassEvent;

/** The participants' own clocks on the server's, by the comparisons of the two. */
final class SenderClocks {
  private static final int MAX_USERS = 10_000;

  /** The server's clock minus the user's in milliseconds, by the place of the comparison. */
  private final Map<String, NavigableMap<Long, Long>> offsets = new HashMap<>();

  /**
   * Takes note of a comparison.
   *
   * @param place of its event among those of the class
   * @return false if there are too many users
   */
  boolean note(long place, ClassEvent.Clock clock) {
    if (!offsets.containsKey(clock.user()) && offsets.size() >= MAX_USERS) {
      return false;
    }
    offsets
        .computeIfAbsent(clock.user(), name -> new TreeMap<>())
        .put(place, clock.unixMillis() - clock.clockMillis());
    return true;
  }

  /**
   * Unix milliseconds of an instant of the user's clock; empty when nothing is known of it.
   *
   * @param place of the event that names the instant: a client that came back may count anew
   */
  OptionalLong wall(String user, long place, long millis) {
    NavigableMap<Long, Long> known = offsets.get(user);
    if (known == null) {
      return OptionalLong.empty();
    }
    Map.Entry<Long, Long> before = known.floorEntry(place);
    return OptionalLong.of(millis + (before == null ? known.firstEntry() : before).getValue());
  }
}
