package org.pagereel.server.platform.supervisor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.pagereel.recorder.liveness.Silence;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.platform.time.TimeSource;

/** Ends a recorder that says nothing for too long, where no owner of a recording does. */
final class Watchdog implements AutoCloseable {
  private final Patience patience;
  private final TimeSource time = TimeSource.system();
  private final Silence silence;
  private final CountDownLatch over = new CountDownLatch(1);
  private Duration most;
  private boolean completing;
  private volatile boolean handing;
  private volatile boolean bit;

  private Watchdog(Patience patience, Duration most) {
    this.patience = patience;
    this.most = most;
    this.silence = new Silence(patience.look(), time.steady());
  }

  /**
   * For one that opens a page first.
   *
   * @param readyTimeout the time that the page may take, during which the recorder is silent
   */
  static Watchdog recording(Patience patience, Duration readyTimeout) {
    return new Watchdog(patience, readyTimeout.plus(patience.silenceAfterStop()));
  }

  /** For one that completes files. */
  static Watchdog completing(Patience patience) {
    return new Watchdog(patience, patience.silenceAfterStop());
  }

  /** Watches until it is closed. */
  Watchdog watch(Process process) {
    Thread.ofVirtual().name("watchdog").start(() -> watchUntilOver(process));
    return this;
  }

  /** Takes note of what the recorder says, and hands it on. */
  void hear(Event event, Consumer<Event> listener) {
    note(event);
    handing = true;
    try {
      listener.accept(event);
    } finally {
      silence.broken();
      handing = false;
    }
  }

  private synchronized void note(Event event) {
    silence.broken();
    if (event instanceof Event.Finishing || event instanceof Event.Completing) {
      complete();
    } else if (event instanceof Event.Ready && !completing) {
      most = patience.silence();
    }
  }

  /** The recorder was told something. */
  synchronized void told(Command command) {
    if (command instanceof Command.Stop) {
      silence.broken();
      complete();
    }
  }

  /** It ended the recorder. */
  boolean bit() {
    return bit;
  }

  @Override
  public void close() {
    over.countDown();
  }

  private void complete() {
    completing = true;
    most = patience.silenceAfterStop();
  }

  private void watchUntilOver(Process process) {
    try {
      while (!over.await(patience.look().toMillis(), TimeUnit.MILLISECONDS)) {
        if (isTooSilent()) {
          bit = true;
          process.destroyForcibly();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** While the listener is busy, such as by a terminal that takes nothing, nobody listens. */
  private synchronized boolean isTooSilent() {
    if (handing) {
      silence.broken();
    }
    return silence.look(time.steady()).compareTo(most) > 0;
  }
}
