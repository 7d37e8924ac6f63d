package org.pagereel.recorder.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the parts of a class's messages that could not be read. */
final class Unread {
  /** Kinds of it, as replay.json names them, and in words. */
  enum Kind {
    LINE("line", "lines of the history are no messages"),
    DATA("data", "custom elements are no JSON objects"),
    CLOCK("clock", "comparisons of clocks (1003, 1008) have no two times, and do not count"),
    FILE("file", "files (1004) are more than a class may have");

    private final String key;
    private final String words;

    Kind(String key, String words) {
      this.key = key;
      this.words = words;
    }
  }

  private record Seen(long count, long first) {}

  private final Map<Kind, Seen> seen = new TreeMap<>();

  /**
   * Counts one.
   *
   * @param where the number of its message, or of its line
   */
  void count(Kind kind, long where) {
    seen.merge(kind, new Seen(1, where), (before, one) -> new Seen(before.count + 1, before.first));
  }

  /** The numbers by kind; kinds without any are left out. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    seen.forEach((kind, all) -> counts.put(kind.key, all.count));
    return counts;
  }

  List<String> words() {
    List<String> words = new ArrayList<>();
    seen.forEach((kind, all) ->
        words.add(
            "Not read: %d %s; the first is %s %d"
                .formatted(
                    all.count, kind.words, kind == Kind.LINE ? "line" : "in message", all.first)));
    return words;
  }
}
