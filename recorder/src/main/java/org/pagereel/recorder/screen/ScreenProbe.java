package org.pagereel.recorder.screen;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.pagereel.recorder.RecordingFailure;

/**
 * Asks the screen for signs of life, on a thread and a connection of its own: a call to a server
 * that hangs does not come back.
 *
 * <p>The X server is asked twice a second. If nothing was painted for some seconds, the browser is
 * asked to paint, too, without a change: a page at rest cannot be told from a browser whose
 * pictures do not reach the screen.
 */
public final class ScreenProbe implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(500);

  /** A page that has not painted for so long is asked to. */
  private static final long REST_NANOS = Duration.ofSeconds(5).toNanos();

  private final String display;
  private final LongSupplier paints;
  private final AtomicLong answers = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** The number of paints when the browser was last asked for one; -1 if it never was. */
  private volatile long asked = -1;

  private ScreenProbe(String display, LongSupplier paints) {
    this.display = display;
    this.paints = paints;
  }

  /**
   * Begins to ask.
   *
   * @param paints the number of paints that were seen so far
   */
  public static ScreenProbe start(String display, LongSupplier paints) {
    ScreenProbe probe = new ScreenProbe(display, paints);
    Thread.ofPlatform().daemon().name("screen-probe").start(probe::run);
    return probe;
  }

  /** The number of answers of the X server; of any thread. */
  public long answers() {
    return answers.get();
  }

  /** Whether the browser was asked to paint, and has not; of any thread. */
  public boolean awaitsPaint() {
    return asked == paints.getAsLong();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try (XConnection x = new XConnection(display)) {
      long seen = paints.getAsLong();
      long since = System.nanoTime();
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        long now = paints.getAsLong();
        if (now != seen) {
          seen = now;
          since = System.nanoTime();
        } else if (System.nanoTime() - since > REST_NANOS) {
          PageWindow.expose(x);
          asked = seen;
        }
        PageWindow.children(x);
        answers.incrementAndGet();
      }
    } catch (RecordingFailure e) {
      // The screen is gone: the capture says so.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
