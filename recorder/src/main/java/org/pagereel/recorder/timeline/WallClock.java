package org.pagereel.recorder.timeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.NodePart;

/**
 * The time of day, for people and for EXT-X-PROGRAM-DATE-TIME: the machine's, or the one that all
 * nodes of a recording share. That one is read once and then goes on by itself: parts are cut by
 * it, so it must not jump when somebody sets the machine's clock.
 */
public final class WallClock {
  private final InstantSource source;

  private WallClock(InstantSource source) {
    this.source = source;
  }

  /** The one that an attempt tells the time by, from now on. */
  public static WallClock of(Attempt attempt) {
    NodePart part = attempt.part();
    return new WallClock(part == null ? InstantSource.system() : from(part.clockAhead()));
  }

  private static InstantSource from(Duration ahead) {
    Instant began = Instant.now().plus(ahead);
    long at = System.nanoTime();
    return () -> began.plusNanos(System.nanoTime() - at);
  }

  public Instant now() {
    return source.instant();
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
