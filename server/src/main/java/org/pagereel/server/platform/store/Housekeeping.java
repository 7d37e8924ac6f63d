package org.pagereel.server.platform.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Once an hour removes from the store what nobody can ask for any more. */
public final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final Jdbi jdbi;
  private final List<Tidy> all;
  private final BooleanSupplier isOurs;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  /**
   * Makes one for all of these.
   *
   * @param isOurs whether this server does it now, and no other one
   */
  public Housekeeping(Jdbi jdbi, List<Tidy> all, BooleanSupplier isOurs, InstantSource clock) {
    this.clock = clock;
    this.jdbi = jdbi;
    this.all = List.copyOf(all);
    this.isOurs = isOurs;
  }

  public void open() {
    var _ = timer.scheduleWithFixedDelay(this::round, 1, 60, TimeUnit.MINUTES);
  }

  private void round() {
    try {
      if (isOurs.getAsBoolean()) {
        clean(clock.instant());
      }
    } catch (RuntimeException e) {
      LOG.warn("Cannot tidy the store", e);
    }
  }

  /** Removes what has no use any more at this moment. */
  public void clean(Instant now) {
    all.forEach(one -> one.clean(jdbi, now));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
