package org.pagereel.recorder.session;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.pagereel.recorder.wire.Event;

/** Tells how far long work is; until it is closed, also that it goes on when nothing moves. */
final class Told implements DoubleConsumer, AutoCloseable {
  /** A mix tells of every frame; nobody needs to hear of that. */
  private static final double STEP = 0.01;

  /** Whoever waits hears at least so often that the work goes on. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(4);

  private final Events events;
  private final CountDownLatch end = new CountDownLatch(1);
  private double last;

  Told(Events events) {
    this.events = events;
    Thread.ofPlatform().daemon().name("sign-of-life").start(this::repeat);
  }

  @Override
  public synchronized void accept(double done) {
    if (done - last >= STEP) {
      last = done;
      events.send(new Event.Completing(done));
    }
  }

  private void repeat() {
    try {
      while (!end.await(SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS)) {
        events.send(new Event.Completing(last()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized double last() {
    return last;
  }

  @Override
  public void close() {
    end.countDown();
  }
}
