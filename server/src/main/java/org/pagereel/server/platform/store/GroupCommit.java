package org.pagereel.server.platform.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many small writes in one transaction, in the order in which they came: a disk that takes five
 * milliseconds to be sure takes two hundred messages as it takes one. Each is answered when all are
 * stored. One that fails takes nothing with it: it is undone by itself.
 */
public final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MAX_WAITING = 2000;
  private static final int MAX_TOGETHER = 200;

  /** One that has waited longer is refused: its client wants an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Under load a transaction begins so long after the one before it, at least. */
  private static final Duration GATHER = Duration.ofMillis(10);

  private static final String SAVEPOINT = "one";

  private final Jdbi jdbi;
  private final BlockingQueue<Entry<?>> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("group-commit").unstarted(this::run);
  private volatile boolean closed;
  private long begun = System.nanoTime() - GATHER.toNanos();

  GroupCommit(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void open() {
    thread.start();
  }

  /** A write that waits, and what becomes of it. */
  private static final class Entry<T> {
    private final long since = System.nanoTime();
    private final Function<Handle, T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Runnable outcome;

    Entry(Function<Handle, T> work) {
      this.work = work;
    }

    void run(Handle handle) {
      handle.savepoint(SAVEPOINT);
      try {
        T made = work.apply(handle);
        outcome = () -> answer.complete(made);
      } catch (RuntimeException e) {
        if (StoreUnavailable.in(e).isPresent()) {
          throw e;
        }
        handle.rollbackToSavepoint(SAVEPOINT);
        outcome = () -> answer.completeExceptionally(e);
      }
      handle.releaseSavepoint(SAVEPOINT);
    }

    void tell() {
      Runnable known = outcome;
      if (known != null) {
        known.run();
      }
    }

    void refuse(RuntimeException why) {
      answer.completeExceptionally(why);
    }

    boolean isLate() {
      return System.nanoTime() - since > PATIENCE.toNanos();
    }
  }

  /**
   * Does the work in a transaction, perhaps with that of others, and returns what it returns when
   * everything is stored.
   *
   * @throws StoreUnavailable nothing was stored
   */
  public <T> T write(Function<Handle, T> work) {
    Entry<T> entry = new Entry<>(work);
    if (closed || !queue.offer(entry)) {
      throw new StoreUnavailable("Too many messages wait to be stored: " + queue.size());
    }
    if (closed) {
      refuseAll(new StoreUnavailable("The store is closed"));
    }
    try {
      return entry.answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** The number of writes that wait. */
  public int waiting() {
    return queue.size();
  }

  private void run() {
    while (!closed) {
      List<Entry<?>> together = new ArrayList<>();
      try {
        gather(together);
        store(together);
      } catch (InterruptedException e) {
        break;
      } catch (RuntimeException | Error e) {
        // Whoever came meanwhile would wait as long for the same: they are told at once.
        RuntimeException why =
            StoreUnavailable.in(e)
                .<RuntimeException>map(Function.identity())
                .orElseGet(() -> {
                  LOG.error("Messages could not be stored", e);
                  return new IllegalStateException("Messages could not be stored", e);
                });
        // All are taken before one is told: who asks anew after the answer is tried anew.
        queue.drainTo(together);
        together.forEach(entry -> entry.refuse(why));
      }
    }
    refuseAll(new StoreUnavailable("The store is closed"));
  }

  private void gather(List<Entry<?>> together) throws InterruptedException {
    Entry<?> first = queue.take();
    long early = begun + GATHER.toNanos() - System.nanoTime();
    if (early > 0) {
      LockSupport.parkNanos(early);
    }
    begun = System.nanoTime();
    together.add(first);
    queue.drainTo(together, MAX_TOGETHER - 1);
    together.removeIf(entry -> {
      if (entry.isLate()) {
        entry.refuse(new StoreUnavailable("Too many messages wait to be stored"));
        return true;
      }
      return false;
    });
  }

  private void store(List<Entry<?>> together) {
    if (!together.isEmpty()) {
      jdbi.useTransaction(handle -> together.forEach(entry -> entry.run(handle)));
      together.forEach(Entry::tell);
    }
  }

  private void refuseAll(RuntimeException why) {
    List<Entry<?>> rest = new ArrayList<>();
    queue.drainTo(rest);
    rest.forEach(entry -> entry.refuse(why));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
