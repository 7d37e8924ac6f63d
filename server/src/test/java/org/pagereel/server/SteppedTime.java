package org.pagereel.server;

import java.time.Duration;
import java.time.Instant;
import org.pagereel.server.platform.time.TimeSource;

/** A machine whose clock is set on and back; the steady time passes as it does. */
public final class SteppedTime implements TimeSource {
  private final TimeSource real = TimeSource.system();
  private volatile Duration set = Duration.ZERO;

  /** Sets the clock to this difference from the true time. */
  public void set(Duration off) {
    set = off;
  }

  @Override
  public Instant wall() {
    return real.wall().plus(set);
  }

  @Override
  public Instant steady() {
    return real.steady();
  }
}
