package org.pagereel.server;

import java.time.Duration;
import java.time.Instant;
import org.pagereel.server.platform.time.TimeSource;

/** A machine's clock that a test sets, and time that a test lets pass at once. */
public final class SetTime implements TimeSource {
  private final TimeSource real = TimeSource.system();
  private volatile Duration set = Duration.ZERO;
  private volatile Duration passed = Duration.ZERO;

  /** Sets the machine's clock on or back; no time passes. */
  public void set(Duration by) {
    set = set.plus(by);
  }

  /** Time passes. */
  public void pass(Duration time) {
    passed = passed.plus(time);
  }

  @Override
  public Instant wall() {
    return real.wall().plus(set).plus(passed);
  }

  @Override
  public Instant steady() {
    return real.steady().plus(passed);
  }
}
