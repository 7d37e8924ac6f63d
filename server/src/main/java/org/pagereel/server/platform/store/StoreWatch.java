package org.pagereel.server.platform.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes something where nobody else does, so that an idle server knows as well that its store has
 * become unusable, and that it is usable again.
 */
final class StoreWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final StoreHealth health;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("store-watch").factory());

  StoreWatch(Jdbi jdbi, StoreHealth health) {
    this.jdbi = jdbi;
    this.health = health;
  }

  void open() {
    long every = EVERY.toMillis();
    var _ = timer.scheduleWithFixedDelay(this::round, every, every, TimeUnit.MILLISECONDS);
  }

  private void round() {
    if (health.nanosSinceWrite() < EVERY.toNanos()) {
      return;
    }
    try {
      jdbi.useTransaction(handle -> handle.execute("UPDATE store_probe SET count = count + 1"));
    } catch (StoreUnavailable e) {
      LOG.debug("The store cannot be written", e); // said once already, by its health
    } catch (RuntimeException e) {
      LOG.warn("Cannot look after the store", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
