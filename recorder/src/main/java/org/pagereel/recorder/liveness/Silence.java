package org.pagereel.recorder.liveness;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long something has given no sign of life while somebody listened. A process that stood still
 * for a moment has not listened meanwhile: that counts as two looks. One that stood still for
 * twenty looks listens anew: what it listens to may have stood still as well, and has much to make
 * up for. But one that is always so late, on a machine far too busy, must notice something in the
 * end.
 */
public final class Silence {
  private static final int STOOD_STILL = 20;

  private final Duration longestLook;
  private final Duration stoodStill;
  private final AtomicLong heard = new AtomicLong();
  private long known;
  private Instant looked;
  private boolean late;
  private Duration lasted = Duration.ZERO;

  /**
   * From now on.
   *
   * @param look the time between two looks
   */
  public Silence(Duration look, Instant now) {
    this.longestLook = look.multipliedBy(2);
    this.stoodStill = look.multipliedBy(STOOD_STILL);
    this.looked = now;
  }

  /** Of any thread. */
  public void broken() {
    heard.incrementAndGet();
  }

  /** How long it had lasted at the last look. */
  public Duration lasted() {
    return lasted;
  }

  /** How long it has lasted now. */
  public Duration look(Instant now) {
    long all = heard.get();
    Duration passed = Duration.between(looked, now);
    looked = now;
    boolean stands = passed.compareTo(stoodStill) > 0;
    boolean anew = stands && !late;
    late = stands;
    if (all != known || anew) {
      known = all;
      lasted = Duration.ZERO;
    } else {
      lasted = lasted.plus(passed.compareTo(longestLook) < 0 ? passed : longestLook);
    }
    return lasted;
  }
}
