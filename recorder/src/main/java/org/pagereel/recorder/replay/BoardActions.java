package org.pagereel.recorder.replay;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Counts the actions that nobody knows (docs/BOARD_MESSAGES.md has those that are known). */
final class BoardActions {
  private static final int MAX_COUNTED = 100;

  private static final Set<Long> KNOWN =
      Set.of(
          1L, 2L, 3L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 20L, 21L, 40L, 101L, 102L, 103L, 104L,
          105L, 106L, 201L, 202L, 203L, 301L, 302L, 401L, 501L, 601L, 701L, 801L);

  private final Map<String, Long> unknown = new TreeMap<>();

  void count(JsonNode actions) {
    for (JsonNode action : actions) {
      JsonNode number = action.path("action");
      if (!KNOWN.contains(number.asLong(-1))) {
        String name = number.isNumber() ? number.asString() : "none";
        if (unknown.size() < MAX_COUNTED || unknown.containsKey(name)) {
          unknown.merge(name, 1L, Long::sum);
        }
      }
    }
  }

  /** The count of each action, by its number; {@code none} has no number. */
  Map<String, Long> unknown() {
    return unknown;
  }
}
