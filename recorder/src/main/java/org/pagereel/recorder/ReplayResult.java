package org.pagereel.recorder;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a class was made into: the contents of {@code replay.json} in its folder, there when all
 * files are complete.
 *
 * @param startedAt Unix time in milliseconds of the timeline's zero
 * @param files the videos on that timeline, and what is missing
 * @param unknownActions the unknown actions, counted by their numbers
 * @param holes the number of messages that are not in the history
 * @param unread the parts of the history that could not be read, counted by kind
 *     (docs/CLASS_FOLDER.md)
 */
public record ReplayResult(
    long startedAt,
    StreamFiles files,
    Map<String, Long> unknownActions,
    long holes,
    @Nullable Map<String, Long> unread) {
  public static final String FILE = "replay.json";

  public ReplayResult {
    unknownActions = Map.copyOf(unknownActions);
    unread = unread == null ? Map.of() : Map.copyOf(unread); // results before it was counted
  }
}
