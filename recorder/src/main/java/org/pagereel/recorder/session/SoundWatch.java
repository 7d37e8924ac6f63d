package org.pagereel.recorder.session;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pagereel.recorder.SoundCounters;

/** Once a minute: says in the report when the sound broke more often than somebody overhears. */
final class SoundWatch {
  private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  /** In a minute. */
  private static final long TOLERATED_BREAKS = 2;

  private static final long TOLERATED_MILLIS = 100;

  /** A page may play sound that is cut off hard, such as dialling: all is counted, not all told. */
  private static final int MAX_WARNINGS = 5;

  private final Supplier<SoundCounters> counters;
  private final Consumer<String> warn;
  private SoundCounters told = SoundCounters.NONE;
  private int warned;
  private long next = System.nanoTime() + EVERY_NANOS;

  SoundWatch(Supplier<SoundCounters> counters, Consumer<String> warn) {
    this.counters = counters;
    this.warn = warn;
  }

  void tick(long nanoTime) {
    if (nanoTime - next >= 0) {
      next = nanoTime + EVERY_NANOS;
      look();
    }
  }

  /** Looks now, whether a minute has passed or not: at the end. */
  void look() {
    SoundCounters now = counters.get();
    long breaks = now.breaks() - told.breaks();
    long silent = now.silentMillis() - told.silentMillis();
    boolean broke = breaks > TOLERATED_BREAKS || silent > TOLERATED_MILLIS;
    if (broke && warned++ < MAX_WARNINGS) {
      String how =
          breaks == 0 ? "is still broken: it was silent" : "broke %d times".formatted(breaks);
      warn.accept(
          "the sound %s within a minute, %d ms in all: the machine is too busy, or the page plays it so"
              .formatted(how, silent));
    }
    told = now;
  }
}
