package org.pagereel.recorder.timeline;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.NodePart;

/**
 * The time of day, for people and for EXT-X-PROGRAM-DATE-TIME: the machine's, or the one that all
 * nodes of a recording share.
 *
 * @param ahead of the machine's clock
 */
public record WallClock(Duration ahead) {
  /** The one that an attempt tells the time by. */
  public static WallClock of(Attempt attempt) {
    NodePart part = attempt.part();
    return new WallClock(part == null ? Duration.ZERO : part.clockAhead());
  }

  public Instant now() {
    return Instant.now().plus(ahead);
  }

  /** A moment of {@link Clock} in microseconds since 1970. */
  public long epochMicros(long clockMicros) {
    long age = Clock.micros() - clockMicros;
    return ChronoUnit.MICROS.between(Instant.EPOCH, now()) - age;
  }

  /** The instant so many microseconds after 1970. */
  public static Instant instant(long epochMicros) {
    return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
  }
}
