package org.pagereel.server.core.queue;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that waits or goes on, one scheduled task a piece: claimed by one node, kept by its
 * heartbeat, and given to another node when the heartbeat stops.
 */
public final class WorkQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final int MISSED_HEARTBEATS = 4;

  /** Work that no node can carry is looked at again after this. */
  static final Duration FULL = Duration.ofSeconds(3);

  private final String node;
  private final Database database;
  private final TimeSource time;
  private final Set<Piece> unstored = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService again =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("queue-again").factory());
  private final List<WorkKind> kinds;
  private final Scheduler scheduler;

  /**
   * Makes the queue; nothing is claimed before {@link #open}.
   *
   * @param node this node's name in the store; only one process may have it
   * @param most the most pieces of work that are done at once
   */
  public WorkQueue(Database database, String node, int most, List<WorkKind> kinds) {
    this(database, node, most, kinds, TimeSource.system());
  }

  /**
   * The same by another clock: its steady one says when heartbeats were missed and when something
   * is due.
   */
  public WorkQueue(
      Database database, String node, int most, List<WorkKind> kinds, TimeSource time) {
    this.node = node;
    this.time = time;
    this.database = database;
    this.kinds = List.copyOf(kinds);
    List<Task<?>> tasks = new ArrayList<>();
    kinds.forEach(kind -> tasks.add(task(kind)));
    scheduler =
        Scheduler.create(database.source(), tasks)
            .schedulerName(new SchedulerName.Fixed(node))
            .clock(time::steady)
            .threads(most)
            .pollingInterval(Duration.ofMillis(500))
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .enableImmediateExecution()
            .shutdownMaxWait(Duration.ofSeconds(1))
            .build();
  }

  private CustomTask<Void> task(WorkKind kind) {
    return Tasks.custom(kind.name(), Void.class)
        .onFailure(
            (complete, operations) -> operations.reschedule(complete, time.steady().plus(FULL)))
        .onDeadExecutionRevive()
        .execute((instance, context) ->
            kind.work(instance.getId())
                ? (complete, operations) -> {
                  operations.stop();
                  scheduleFirst();
                }
                : (complete, operations) ->
                    operations.reschedule(
                        complete, time.steady().plus(kind.pause(instance.getId()))));
  }

  /**
   * Begins to claim; takes back at once what this node owned when it last ended, and looks at all
   * that waits: times in the store are of a clock that ended with its process.
   */
  public void open() {
    Instant now = time.steady();
    database
        .jdbi()
        .useTransaction(handle -> {
          handle
              .createUpdate(
                  "UPDATE scheduled_tasks SET picked = false, picked_by = NULL, last_heartbeat ="
                      + " NULL WHERE picked_by = :node")
              .bind("node", node)
              .execute();
        });
    for (ScheduledExecution<Object> waiting : scheduler.getScheduledExecutions()) {
      if (!waiting.isPicked() && waiting.getExecutionTime().isAfter(now)) {
        scheduler.reschedule(waiting.getTaskInstance(), now);
      }
    }
    // One that was stored and not queued, because the process ended just then.
    for (WorkKind kind : kinds) {
      for (String id : database.jdbi().withHandle(kind::unfinished)) {
        add(kind.name(), id);
      }
    }
    scheduler.start();
    var _ = again.scheduleWithFixedDelay(this::addUnstored, 1, 1, TimeUnit.SECONDS);
  }

  /** Claims nothing more. */
  public void pause() {
    scheduler.pause();
  }

  /** There is room for another piece. */
  private void scheduleFirst() {
    try {
      for (WorkKind kind : kinds) {
        Optional<String> first = database.jdbi().withHandle(kind::first);
        first.ifPresent(id -> scheduleNow(kind.name(), id));
      }
    } catch (RuntimeException e) {
      LOG.info("Nothing is hurried: {}", e.toString()); // all that waits is looked at soon anyway
    }
  }

  /**
   * Queues a piece of work, of a kind that this queue was made with. The work itself is stored
   * already: if it cannot be queued now, it is as soon as the store answers.
   */
  public void add(String kind, String id) {
    Piece piece = new Piece(kind, id);
    try {
      schedule(piece);
    } catch (RuntimeException e) {
      LOG.warn("{} {} is queued later: {}", kind, id, e.toString());
      unstored.add(piece);
    }
  }

  private void schedule(Piece piece) {
    scheduler.scheduleIfNotExists(instance(piece.kind(), piece.id()), time.steady());
  }

  private void addUnstored() {
    try {
      for (Piece piece : Set.copyOf(unstored)) {
        schedule(piece);
        unstored.remove(piece);
      }
    } catch (RuntimeException e) {
      LOG.debug("The store does not answer yet", e);
    }
  }

  /** Has a waiting piece looked at now. */
  public void scheduleNow(String kind, String id) {
    try {
      scheduler.reschedule(instance(kind, id), time.steady());
    } catch (TaskInstanceNotFoundException e) {
      add(kind, id); // stored, but never queued
    } catch (RuntimeException e) {
      // Somebody took it just now, or the store does not answer: it is looked at.
      LOG.debug("Cannot hurry {} {}", kind, id, e);
    }
  }

  private record Piece(String kind, String id) {}

  private static TaskInstance<Void> instance(String kind, String id) {
    return new TaskInstance<>(kind, id);
  }

  @Override
  public void close() {
    again.shutdownNow();
    scheduler.stop();
  }
}
