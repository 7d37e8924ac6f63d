package org.pagereel.recorder.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Closes what was opened, last first, each within its deadline.
 *
 * <p>Things are registered right after they are opened. Closing runs on the calling thread, because
 * Playwright may only be closed by the thread that opened it; past the deadline a second thread
 * swings the hammer, which makes the gentle way return.
 */
public final class ClosingTree implements AutoCloseable {
  /** Something that closes and may fail in doing so. */
  public interface Step {
    void run() throws Exception;
  }

  private record Open(String name, Duration deadline, Step gentle, Runnable hammer) {}

  private final Deque<Open> open = new ArrayDeque<>();
  private final Consumer<String> complaints;
  private boolean closed;

  /**
   * An empty tree.
   *
   * @param complaints is told, in a sentence, what did not close by itself
   */
  public ClosingTree(Consumer<String> complaints) {
    this.complaints = complaints;
  }

  /** Registers; after closing began it is closed at once instead. */
  public void register(String name, Duration deadline, Step gentle, Runnable hammer) {
    Open one = new Open(name, deadline, gentle, hammer);
    synchronized (open) {
      if (!closed) {
        open.push(one);
        return;
      }
    }
    close(one);
  }

  @Override
  public void close() {
    synchronized (open) {
      closed = true;
    }
    while (true) {
      Open one;
      synchronized (open) {
        one = open.poll();
      }
      if (one == null) {
        return;
      }
      close(one);
    }
  }

  private void close(Open one) {
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("closing-" + one.name).factory());
    Future<?> hammer =
        watch.schedule(
            () -> {
              complaints.accept(one.name + " did not close in time and was killed");
              one.hammer.run();
            },
            one.deadline.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      one.gentle.run();
    } catch (Exception e) {
      complaints.accept(one.name + " did not close cleanly: " + e.getMessage());
      one.hammer.run();
    } finally {
      hammer.cancel(false);
      watch.shutdownNow();
    }
  }
}
