package org.pagereel.server.core.recording;

/**
 * What a recording has been through.
 *
 * @param attempt recorders started so far; part of every file name
 * @param misses how often its page was not ready in time
 * @param deaths recorders that died since it last ran well
 * @param announced it has been announced as started
 * @param captured something has been recorded
 */
public record Tries(int attempt, int misses, int deaths, boolean announced, boolean captured) {
  public static final Tries NONE = new Tries(0, 0, 0, false, false);

  /** A page that is not ready is opened so many times again. */
  static final int MOST_RETRIES = 2;

  /** So many recorders in a row may die before it is given up. */
  static final int MOST_DEATHS = 5;

  Tries next() {
    return new Tries(attempt + 1, misses, deaths, announced, captured);
  }

  Tries missed() {
    return new Tries(attempt, misses + 1, deaths, announced, captured);
  }

  Tries died() {
    return new Tries(attempt, misses, deaths + 1, announced, captured);
  }

  Tries ranWell() {
    return new Tries(attempt, misses, 0, announced, captured);
  }

  Tries toAnnounced() {
    return new Tries(attempt, misses, deaths, true, captured);
  }

  Tries toCaptured() {
    return new Tries(attempt, misses, deaths, announced, true);
  }
}
