package org.pagereel.recorder;

import java.util.Map;

/**
 * What a class was made into: the contents of {@code replay.json} in its folder, there when all
 * files are complete.
 *
 * @param startedAt Unix time in milliseconds of the timeline's zero
 * @param files the videos on that timeline, and what is missing
 * @param unknownActions how often an action came that nobody knows, by its number
 * @param holes so many messages are not in the history
 */
public record ReplayResult(
    long startedAt, StreamFiles files, Map<String, Long> unknownActions, long holes) {
  public static final String FILE = "replay.json";

  public ReplayResult {
    unknownActions = Map.copyOf(unknownActions);
  }
}
