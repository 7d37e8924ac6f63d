package org.pagereel.recorder.timeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Wall time of a clock moment, for people and for EXT-X-PROGRAM-DATE-TIME. */
public final class EpochMicros {
  private EpochMicros() {}

  public static long of(long clockMicros) {
    long age = Clock.micros() - clockMicros;
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - age;
  }

  public static Instant instant(long epochMicros) {
    return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
  }
}
