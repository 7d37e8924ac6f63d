package org.pagereel.recorder;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One recorder's try at a recording.
 *
 * @param number 1 for the first; part of every file name, so a later attempt overwrites nothing
 * @param hold open the page and wait for {@code release} before the first slice
 * @param predecessor why the attempt before this one ended; this one goes on in its folder
 * @param leavesFilesToNext another attempt follows if this one fails, so it leaves the files as
 *     they are
 * @param frozenAfter it fails if page, screen or sound give no sign of life for so long; null: it
 *     is only said
 * @param part of a recording that several nodes may record; null for one that has one folder for
 *     all attempts
 */
public record Attempt(
    int number,
    boolean hold,
    @Nullable String predecessor,
    boolean leavesFilesToNext,
    @Nullable Duration frozenAfter,
    @Nullable NodePart part) {
  /** Less would end attempts that are well; more would never be. */
  public static final Duration MIN_FROZEN = Duration.ofSeconds(5);

  public static final Duration MAX_FROZEN = Duration.ofMinutes(10);

  /** The first and only one: it begins when the page is ready. */
  public static final Attempt ONLY = new Attempt(1, false, null, false, null, null);

  public Attempt {
    Range.require("attempt", number, 1, 1_000_000);
    if (frozenAfter != null) {
      Range.require("frozenAfter", frozenAfter, MIN_FROZEN, MAX_FROZEN);
    }
  }

  /** The same, but the page waits for {@code release}. */
  public Attempt held() {
    return new Attempt(number, true, predecessor, leavesFilesToNext, frozenAfter, part);
  }
}
