package org.pagereel.server.core.recording;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts failures in a row, and says how long to wait before the next try. */
final class Trouble {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final AtomicInteger failures = new AtomicInteger();

  void over() {
    failures.set(0);
  }

  /** Returns true for the first one: one word in the log is enough. */
  boolean met() {
    return failures.incrementAndGet() == 1;
  }

  boolean isOn() {
    return failures.get() > 0;
  }

  Duration pause() {
    Duration pause = FIRST.multipliedBy(1L << Math.min(failures.get(), 10));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
