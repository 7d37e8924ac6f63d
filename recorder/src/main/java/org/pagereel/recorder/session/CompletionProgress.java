package org.pagereel.recorder.session;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.pagereel.recorder.wire.Event;

/** Tells how far long work is; until it is closed, also that it goes on when little moves. */
final class CompletionProgress implements DoubleConsumer, AutoCloseable {
  /** A mix tells of every frame; nobody needs to hear of that. */
  private static final double STEP = 0.01;

  /** Whoever waits hears at least so often that the work goes on. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(4);

  private final Events events;
  private final Duration patience;
  private final CountDownLatch end = new CountDownLatch(1);
  private double last;
  private long heard = System.nanoTime();

  /**
   * Begins to send signs of life.
   *
   * @param patience the longest silence of work that lives; after it this is silent, too
   */
  CompletionProgress(Events events, Duration patience) {
    this.events = events;
    this.patience = patience;
    Thread.ofPlatform().daemon().name("sign-of-life").start(this::repeat);
  }

  @Override
  public synchronized void accept(double done) {
    heard = System.nanoTime();
    if (done - last >= STEP) {
      last = done;
      events.send(new Event.Completing(done));
    }
  }

  private void repeat() {
    try {
      while (!end.await(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS)) {
        repeatLast();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void repeatLast() {
    if (System.nanoTime() - heard < patience.toNanos()) {
      events.send(new Event.Completing(last));
    }
  }

  @Override
  public void close() {
    end.countDown();
  }
}
