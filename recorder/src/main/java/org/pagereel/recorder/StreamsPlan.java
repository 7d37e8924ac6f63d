package org.pagereel.recorder;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recording of each participant's stream beside the whiteboard: what is made of the streams that
 * the page hands over. Without a plan the page is recorded as a whole, and its streams are not.
 *
 * @param concat one file per stream: not split at a pause, absences filled with the filler picture
 * @param filler address of that picture; null for black
 * @param audioFiles also an MP3 of each stream that has sound
 * @param mix the layout of the mixed video; null for none
 * @param rules which streams are recorded and how; the first whose prefix matches counts, and the
 *     last one, with the empty prefix, is for all others
 * @param names the names of whiteboard and shared screens in rules and places
 * @param idleStopSeconds ends the recording when there has been no stream and no stroke for so long
 */
public record StreamsPlan(
    boolean concat,
    @Nullable String filler,
    boolean audioFiles,
    @Nullable MixLayout mix,
    List<StreamRule> rules,
    StreamNames names,
    int idleStopSeconds) {

  /** Every stream, split at pauses, for as long as it takes. */
  public static final StreamsPlan EACH =
      new StreamsPlan(
          false, null, false, null, List.of(StreamRule.ALL), StreamNames.DEFAULT, 86_400);

  public StreamsPlan {
    rules = List.copyOf(rules);
    // Absent in a task's row or a recording's journal of an earlier version.
    names = Objects.requireNonNullElse(names, StreamNames.EARLIER);
    if (rules.isEmpty() || !rules.getLast().prefix().isEmpty()) {
      throw new IllegalArgumentException("the last stream rule must be for all streams");
    }
  }

  /** The rule for a stream, by its name as {@link #names} makes it. */
  public StreamRule ruleFor(String name) {
    return rules.stream().filter(rule -> name.startsWith(rule.prefix())).findFirst().orElseThrow();
  }

  /**
   * How streams whose id begins with the prefix are recorded.
   *
   * @param small the page should fetch the small picture; what is larger is scaled down
   */
  public record StreamRule(String prefix, boolean record, boolean sound, boolean small) {
    public static final StreamRule ALL = new StreamRule("", true, true, false);
  }
}
