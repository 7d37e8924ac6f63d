package org.pagereel.recorder.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what only asking again can tell: another process's file, socket or death. */
public final class Await {
  private static final long BETWEEN_NANOS = 5_000_000;

  private Await() {}

  /** True as soon as the condition holds, false when the deadline passes first. */
  public static boolean until(Duration deadline, BooleanSupplier condition) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
    return true;
  }
}
