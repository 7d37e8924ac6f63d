package org.pagereel.recorder;

import org.jspecify.annotations.Nullable;

/**
 * One recorder's try at a recording.
 *
 * @param number 1 for the first; part of every file name, so a later attempt overwrites nothing
 * @param hold open the page and wait for {@code release} before the first slice
 * @param predecessor why the attempt before this one ended; this one goes on in its folder
 * @param leavesFilesToNext another attempt follows if this one fails, so it leaves the files as
 *     they are
 */
public record Attempt(
    int number, boolean hold, @Nullable String predecessor, boolean leavesFilesToNext) {
  /** The first and only one: it begins when the page is ready. */
  public static final Attempt ONLY = new Attempt(1, false, null, false);

  public Attempt {
    Range.require("attempt", number, 1, 1_000_000);
  }

  /** The same, but the page waits for {@code release}. */
  public Attempt held() {
    return new Attempt(number, true, predecessor, leavesFilesToNext);
  }
}
