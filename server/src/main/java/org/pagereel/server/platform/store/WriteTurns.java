package org.pagereel.server.platform.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may write. SQLite has one writer at a time, and lets those who wait try at random, each
 * holding a thread; here they wait in order, the more urgent first, and hold nothing.
 */
final class WriteTurns {
  private final Lock lock = new ReentrantLock();
  private final Map<Urgency, Deque<Waiter>> waiting = new EnumMap<>(Urgency.class);
  private boolean taken;

  private static final class Waiter {
    private final Condition turn;
    private boolean hasIt;

    Waiter(Condition turn) {
      this.turn = turn;
    }
  }

  WriteTurns() {
    for (Urgency urgency : Urgency.values()) {
      waiting.put(urgency, new ArrayDeque<>());
    }
  }

  /**
   * Waits for the turn.
   *
   * @throws StoreUnavailable it did not come in time, or too many wait for it
   */
  void take(Urgency urgency, Duration patience) {
    boolean interrupted = false;
    lock.lock();
    try {
      if (!taken) {
        taken = true;
        return;
      }
      Deque<Waiter> line = line(urgency);
      if (line.size() >= urgency.mostWaiting()) {
        throw new StoreUnavailable(line.size() + " wait for the store already");
      }
      Waiter waiter = new Waiter(lock.newCondition());
      line.add(waiter);
      long nanos = patience.toNanos();
      while (!waiter.hasIt && nanos > 0) {
        try {
          nanos = waiter.turn.awaitNanos(nanos);
        } catch (InterruptedException e) {
          interrupted = true; // the wait is short, and what is to be stored is worth it
        }
      }
      if (!waiter.hasIt) {
        line.remove(waiter);
        throw new StoreUnavailable(
            "The store's writer was busy for " + patience.toMillis() + " ms");
      }
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives the turn to the next one. */
  void give() {
    lock.lock();
    try {
      for (Urgency urgency : Urgency.values()) {
        Waiter next = line(urgency).poll();
        if (next != null) {
          next.hasIt = true;
          next.turn.signal();
          return;
        }
      }
      taken = false;
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.values().stream().mapToInt(Deque::size).sum();
    } finally {
      lock.unlock();
    }
  }

  private Deque<Waiter> line(Urgency urgency) {
    return Objects.requireNonNull(waiting.get(urgency));
  }
}
