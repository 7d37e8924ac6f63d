package org.pagereel.server.platform.supervisor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.liveness.Liveness;

/**
 * How long a recorder may give no sign of life before that proves it dead.
 *
 * @param look the time between two looks of whoever waits
 * @param silence a recorder whose page is open says something every second
 * @param silenceAfterStop one that completes files does every four seconds; before that it takes
 *     down its browser
 * @param frozenAfter the same for page, screen and sound, of which the recorder knows; null: they
 *     prove nothing
 */
public record Patience(
    Duration look, Duration silence, Duration silenceAfterStop, @Nullable Duration frozenAfter) {
  /** A silence of this length is worth a word. */
  public static final Duration WARN = Liveness.WARN;

  /** Nothing is replaced unless the recorder itself hangs. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(60), null);

  /** The time that a recorder may hang without being replaced, if that is known at all. */
  public Duration hangs() {
    return frozenAfter == null ? Duration.ZERO : frozenAfter;
  }

  /** The same, for recorders, pages, screens and sounds that may hang for so long. */
  public Patience withFrozenAfter(@Nullable Duration time) {
    return time == null ? this : new Patience(look, time, silenceAfterStop, time);
  }
}
