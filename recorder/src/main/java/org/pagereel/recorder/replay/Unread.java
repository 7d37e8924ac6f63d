package org.pagereel.recorder.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.folder.ClassEvent.Kind;

/** Counts the parts of a class that could not be read. */
final class Unread {
  private record DecodedFile(long count, long first) {}

  private final Map<Kind, DecodedFile> seen = new EnumMap<>(Kind.class);
  private final Map<Kind, String> words =
      new EnumMap<>(
          Map.of(
              Kind.LINE, "lines of " + ClassEvent.FILE + " are no events",
              Kind.DATA, "messages cannot be read",
              Kind.CLOCK, "comparisons of clocks do not count",
              Kind.FILE, "files are more than a class may have"));

  /** What things are called in the file that the class was translated from. */
  void name(Map<Kind, String> words) {
    this.words.putAll(words);
  }

  /**
   * Counts one.
   *
   * @param where the number of its message, or of its line
   */
  void count(Kind kind, long where) {
    seen.merge(
        kind,
        new DecodedFile(1, where),
        (before, one) -> new DecodedFile(before.count + 1, before.first));
  }

  /** The numbers by kind, as replay.json names them; kinds without any are left out. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    seen.forEach((kind, all) -> counts.put(kind.name().toLowerCase(Locale.ROOT), all.count));
    return counts;
  }

  List<String> words() {
    List<String> sentences = new ArrayList<>();
    seen.forEach((kind, all) ->
        sentences.add(
            "Not read: %d %s; the first is %s %d"
                .formatted(
                    all.count,
                    words.get(kind),
                    kind == Kind.LINE ? "line" : "in message",
                    all.first)));
    return sentences;
  }
}
