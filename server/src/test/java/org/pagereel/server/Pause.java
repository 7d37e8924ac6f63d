package org.pagereel.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Time that has to pass because a recording is to have a length; never a wait for something. */
public final class Pause {
  private Pause() {}

  public static void of(Duration length) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS))
        .join();
  }
}
