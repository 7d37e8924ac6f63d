package org.pagereel.server.core.queue;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that goes on, one scheduled task a piece: claimed by one node, kept by its heartbeat, and
 * given to another node when the heartbeat stops. Work that waits has no task: once a second, and
 * whenever something ends, the kinds are asked which piece is next.
 */
public final class WorkQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final int MISSED_HEARTBEATS = 4;

  /** Work that could not go on is looked at again after this. */
  static final Duration AGAIN = Duration.ofSeconds(3);

  private static final Duration LET_IN = Duration.ofSeconds(1);

  private final String node;
  private final Database database;
  private final TimeSource time;
  private final Set<Piece> unstored = ConcurrentHashMap.newKeySet();

  /** What was let in and has not been worked on yet. */
  private final Set<Piece> letIn = ConcurrentHashMap.newKeySet();

  /** What is worked on here. */
  private final Set<Piece> working = ConcurrentHashMap.newKeySet();

  private final ScheduledExecutorService gate =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("queue-gate").factory());
  private volatile boolean opened;
  private volatile boolean paused;
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
        .onFailure((complete, operations) -> {
          working.remove(piece(complete.getExecution().taskInstance));
          operations.reschedule(complete, time.steady().plus(AGAIN));
        })
        .onDeadExecution((complete, operations) -> {
          Piece piece = piece(complete.getExecution().taskInstance);
          if (working.contains(piece)) {
            LOG.info("{} is alive: this machine stood still, or the store did", piece);
          } else {
            LOG.info("{} is taken over", piece);
            operations.reschedule(complete, time.steady());
          }
        })
        .execute((instance, context) -> {
          Piece piece = piece(instance);
          working.add(piece);
          WorkKind.Outcome outcome = kind.work(piece.id());
          return (complete, operations) -> {
            try {
              end(piece, kind, outcome, complete, operations);
            } catch (RuntimeException e) {
              working.remove(piece); // whoever finds it dead may take it over
              throw e;
            }
          };
        });
  }

  private void end(
      Piece piece,
      WorkKind kind,
      WorkKind.Outcome outcome,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    switch (outcome) {
      case DONE, WAITS -> {
        operations.stop();
        working.remove(piece);
        letIn.remove(piece); // not before: it could not be let in again while it has a task
        lookNow();
      }
      case AGAIN -> {
        working.remove(piece);
        operations.reschedule(complete, time.steady().plus(kind.pause(piece.id())));
      }
    }
  }

  /**
   * Begins to claim, and to let in what waits; takes back at once what this node owned when it last
   * ended: times in the store are of a clock that ended with its process.
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
    // One that has begun and lost its task, whatever the reason.
    for (WorkKind kind : kinds) {
      for (String id : database.jdbi().withHandle(kind::begun)) {
        add(kind.name(), id);
      }
    }
    scheduler.start();
    opened = true;
    long every = LET_IN.toMillis();
    var _ = gate.scheduleWithFixedDelay(this::round, 0, every, TimeUnit.MILLISECONDS);
  }

  /** Claims nothing more. */
  public void pause() {
    paused = true;
    scheduler.pause();
  }

  /** Something waits that did not, or there is room that was not. */
  public void lookNow() {
    try {
      gate.execute(this::round);
    } catch (RejectedExecutionException e) {
      LOG.debug("This queue is closed", e);
    }
  }

  private void round() {
    if (!opened) {
      return; // it is looked at when this is opened
    }
    try {
      for (Piece piece : Set.copyOf(unstored)) {
        schedule(piece);
        unstored.remove(piece);
      }
      for (WorkKind kind : kinds) {
        letIn(kind);
      }
    } catch (RuntimeException e) {
      LOG.debug("The store does not answer yet", e);
    }
  }

  private void letIn(WorkKind kind) {
    Optional<String> next = next(kind);
    while (next.isPresent() && !paused) {
      Piece piece = new Piece(kind.name(), next.get());
      letIn.add(piece);
      add(piece.kind(), piece.id());
      next = next(kind);
    }
  }

  private Optional<String> next(WorkKind kind) {
    return kind.letIn(
        letIn.stream()
            .filter(piece -> piece.kind().equals(kind.name()))
            .map(Piece::id)
            .collect(Collectors.toSet()));
  }

  /**
   * Queues a piece of work, of a kind that this queue was made with. The work itself is stored
   * already: if it cannot be queued now, it is as soon as the store answers.
   */
  private void add(String kind, String id) {
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

  private record Piece(String kind, String id) {
    @Override
    public String toString() {
      return kind + " " + id;
    }
  }

  private static Piece piece(TaskInstance<?> instance) {
    return new Piece(instance.getTaskName(), instance.getId());
  }

  private static TaskInstance<Void> instance(String kind, String id) {
    return new TaskInstance<>(kind, id);
  }

  @Override
  public void close() {
    gate.shutdownNow();
    scheduler.stop();
  }
}
