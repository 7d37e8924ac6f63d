package org.pagereel.server.core.recording;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a recording has lasted, as the store has it.
 *
 * @param millis counted by a clock that nobody sets
 * @param asOf the machine's clock at that moment: what passed until the next server counted on
 */
public record ElapsedTime(long millis, Instant asOf) {
  /** Counted on over the time without a server; a clock that was set back counts for nothing. */
  Duration until(Instant now) {
    Duration away = Duration.between(asOf, now);
    return Duration.ofMillis(millis).plus(away.isNegative() ? Duration.ZERO : away);
  }
}
