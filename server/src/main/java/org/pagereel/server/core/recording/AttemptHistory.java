package org.pagereel.server.core.recording;

/**
 * What a recording has been through.
 *
 * @param attempt recorders started so far; part of every file name
 * @param misses the number of times that its page was not ready in time
 * @param deaths recorders that died since it last ran well
 * @param announced it has been announced as started
 * @param captured something has been recorded
 */
public record AttemptHistory(
    int attempt, int misses, int deaths, boolean announced, boolean captured) {
  public static final AttemptHistory NONE = new AttemptHistory(0, 0, 0, false, false);

  /** The number of retries for a page that is not ready. */
  static final int MAX_RETRIES = 2;

  /** The number of recorders that may die in a row before the recording is given up. */
  static final int MAX_DEATHS = 5;

  AttemptHistory next() {
    return new AttemptHistory(attempt + 1, misses, deaths, announced, captured);
  }

  AttemptHistory missed() {
    return new AttemptHistory(attempt, misses + 1, deaths, announced, captured);
  }

  AttemptHistory died() {
    return new AttemptHistory(attempt, misses, deaths + 1, announced, captured);
  }

  AttemptHistory ranWell() {
    return new AttemptHistory(attempt, misses, 0, announced, captured);
  }

  AttemptHistory toAnnounced() {
    return new AttemptHistory(attempt, misses, deaths, true, captured);
  }

  AttemptHistory toCaptured() {
    return new AttemptHistory(attempt, misses, deaths, announced, true);
  }
}
