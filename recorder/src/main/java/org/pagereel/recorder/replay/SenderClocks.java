package org.pagereel.recorder.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The participants' own clocks on the server's: messages of type 1003, and 1008 of later clients,
 * pair an instant of the one with an instant of the other (docs/vendors/tencent.md, "Clocks").
 */
final class SenderClocks {
  private static final long TIME_LINE = 1003;
  private static final long SYNC = 1008;
  private static final int MAX_USERS = 10_000;

  /** The server's clock minus the user's in milliseconds, by the number of the message. */
  private final Map<String, NavigableMap<Long, Long>> offsets = new HashMap<>();

  /** The meaning of a message for these clocks. */
  enum Noted {
    TAKEN,
    UNREADABLE,
    OTHER
  }

  /** Takes note of a message that pairs two clocks. */
  Noted note(long seq, String from, JsonNode data) {
    long type = data.path("type").asLong(0);
    if (type == TIME_LINE) {
      String user = data.path("value").path("uid").asString(from);
      return note(seq, user, data.path("timestamp"), data.path("time_line"));
    }
    return type == SYNC
        ? note(seq, from, data.path("board_time"), data.path("time_line"))
        : Noted.OTHER;
  }

  private Noted note(long seq, String user, JsonNode theirs, JsonNode servers) {
    boolean isKnown = offsets.containsKey(user) || offsets.size() < MAX_USERS;
    OptionalLong their = Millis.of(theirs);
    OptionalLong server = Millis.of(servers);
    if (!isKnown || their.isEmpty() || server.isEmpty()) {
      return Noted.UNREADABLE;
    }
    offsets
        .computeIfAbsent(user, name -> new TreeMap<>())
        .put(seq, server.getAsLong() - their.getAsLong());
    return Noted.TAKEN;
  }

  /**
   * Unix milliseconds of an instant of the user's clock; empty when nothing is known of it.
   *
   * @param seq of the message that names the instant: a client that came back may count anew
   */
  OptionalLong wall(String user, long seq, long millis) {
    NavigableMap<Long, Long> known = offsets.get(user);
    if (known == null) {
      return OptionalLong.empty();
    }
    Map.Entry<Long, Long> before = known.floorEntry(seq);
    return OptionalLong.of(millis + (before == null ? known.firstEntry() : before).getValue());
  }
}
