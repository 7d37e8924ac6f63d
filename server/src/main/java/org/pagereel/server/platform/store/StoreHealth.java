package org.pagereel.server.platform.store;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the store can be written, according to the last attempt. */
public final class StoreHealth {
  private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

  private final AtomicLong failures = new AtomicLong();
  private volatile long wroteNanos = System.nanoTime();
  private volatile @Nullable Instant degradedSince;

  /** Something was stored for good. */
  void wrote() {
    wroteNanos = System.nanoTime();
    Instant since = degradedSince;
    if (since != null) {
      degradedSince = null;
      LOG.info("The store can be written again; it could not since {}", since);
    }
  }

  /** Something could not be stored. */
  void failed(StoreUnavailable failure) {
    failures.incrementAndGet();
    if (degradedSince == null) {
      degradedSince = Instant.now();
      LOG.warn("The store cannot be written: {}", failure.getMessage());
    }
  }

  /** Notes a failure if it is the store's fault, and returns what to throw for it. */
  RuntimeException noted(RuntimeException failure) {
    return StoreUnavailable.in(failure)
        .<RuntimeException>map(unavailable -> {
          failed(unavailable);
          return unavailable;
        })
        .orElse(failure);
  }

  /** Nothing could be stored since then; null while it can. */
  public @Nullable Instant degradedSince() {
    return degradedSince;
  }

  public boolean isDegraded() {
    return degradedSince != null;
  }

  /** The number of failed writes since this process began. */
  public long failures() {
    return failures.get();
  }

  long nanosSinceWrite() {
    return System.nanoTime() - wroteNanos;
  }
}
