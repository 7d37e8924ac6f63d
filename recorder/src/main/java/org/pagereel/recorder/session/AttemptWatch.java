package org.pagereel.recorder.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.RecordingFailure;

/**
 * Does what must be looked after a few times a second, on a thread of its own: the main thread may
 * wait for a page that does not answer.
 */
final class AttemptWatch implements AutoCloseable {
  static final Duration EVERY = Duration.ofMillis(250);

  /** A pause of this process that is worth a word. */
  private static final Duration STOOD_STILL = Duration.ofSeconds(5);

  /** A duty that is under way when the watch is closed is waited for. */
  private static final Duration LAST_DUTY = Duration.ofSeconds(2);

  private final List<Runnable> duties = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Consumer<RecordingFailure> failed;
  private final Consumer<String> stoodStill;
  private final Thread thread;

  /**
   * Begins, without a duty.
   *
   * @param failed told, by its thread, what a duty threw
   * @param stoodStill told, by its thread, that this process did not run for a while
   */
  AttemptWatch(Consumer<RecordingFailure> failed, Consumer<String> stoodStill) {
    this.failed = failed;
    this.stoodStill = stoodStill;
    thread = Thread.ofPlatform().daemon().name("attempt-watch").start(this::run);
  }

  /** One more duty; it must not wait for anything that may hang. */
  void add(Runnable duty) {
    duties.add(duty);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(LAST_DUTY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long before = System.nanoTime();
    try {
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        Duration passed = Duration.ofNanos(now - before);
        before = now;
        if (passed.compareTo(STOOD_STILL) > 0) {
          stoodStill.accept(
              "the recorder did not run for %.0f s: the machine was suspended, or far too busy"
                  .formatted(Durations.seconds(passed)));
        }
        duties.forEach(this::attend);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attend(Runnable duty) {
    try {
      duty.run();
    } catch (RuntimeException e) {
      failed.accept(RecordingFailure.from("Looking after the recording", e));
    }
  }
}
