package org.pagereel.recorder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording of each participant's stream beside the whiteboard: what is made of the streams that
 * the page hands over. Without a plan the page is recorded as a whole, and its streams are not.
 *
 * @param concat one file per stream: not split at a pause, absences filled with the filler picture
 * @param filler address of that picture; null for black
 * @param audioFiles also an MP3 of each stream that has sound
 * @param mix what the mixed video looks like; null for none
 * @param rules which streams are recorded and how; the first whose prefix matches counts, and the
 *     last one, with the empty prefix, is for all others
 * @param idleStopSeconds ends the recording when there has been no stream and no stroke for so long
 */
public record StreamsPlan(
    boolean concat,
    @Nullable String filler,
    boolean audioFiles,
    @Nullable MixLayout mix,
    List<StreamRule> rules,
    int idleStopSeconds) {

  /**
   * The stream id of the whiteboard, and the beginning of a screen share's: as layouts name them.
   */
  public static final String WHITEBOARD = "tic_record_user";

  public static final String SCREEN_PREFIX = "tic_substream";

  /** Every stream, split at pauses, for as long as it takes. */
  public static final StreamsPlan EACH =
      new StreamsPlan(false, null, false, null, List.of(StreamRule.ALL), 86_400);

  public StreamsPlan {
    rules = List.copyOf(rules);
    if (rules.isEmpty() || !rules.getLast().prefix().isEmpty()) {
      throw new IllegalArgumentException("the last stream rule must be for all streams");
    }
  }

  /** The rule for a stream, by the name that layouts and rules know it by. */
  public StreamRule ruleFor(String streamId) {
    return rules.stream()
        .filter(rule -> streamId.startsWith(rule.prefix()))
        .findFirst()
        .orElseThrow();
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
