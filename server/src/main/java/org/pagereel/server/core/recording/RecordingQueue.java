package org.pagereel.server.core.recording;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings that wait for or have an owner, one scheduled task each: claimed by one node, kept by
 * its heartbeat, given to another when that stops. Other kinds of work are given out with them.
 */
public final class RecordingQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingQueue.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final int MISSED_HEARTBEATS = 4;

  /** A recording that no node can carry is looked at again after this. */
  private static final Duration FULL = Duration.ofSeconds(3);

  private static final String TASK = "recording";

  private final String node;
  private final Database database;
  private final TimeSource time;
  private final Set<Work> unstored = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService again =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("queue-again").factory());
  private final List<Kind> kinds = new ArrayList<>();
  private final Scheduler scheduler;

  /** The work of a node on a recording, or other work, that it has claimed. */
  public interface Worker {
    /** Returns when the recording has ended; false when it could not be taken now. */
    boolean work(String recordingId);

    /** The time until work that could not be taken is looked at again. */
    default Duration pause(String recordingId) {
      return FULL;
    }
  }

  /**
   * A kind of work.
   *
   * @param name for ever its own in the store
   * @param unfinished the ids of all that waits or goes on
   */
  public record Kind(String name, Worker worker, Function<Handle, List<String>> unfinished) {}

  /**
   * Makes the queue; nothing is claimed before {@link #open}.
   *
   * @param node this node's name in the store; only one process may have it
   * @param most the most recordings and other works that are owned at once
   * @param worker does recordings
   * @param others kinds of work beside them
   */
  public RecordingQueue(
      Database database, String node, int most, Worker worker, List<Kind> others) {
    this(database, node, most, worker, others, TimeSource.system());
  }

  /**
   * The same by another clock: its steady one says when heartbeats were missed and when something
   * is due.
   */
  public RecordingQueue(
      Database database, String node, int most, Worker worker, List<Kind> others, TimeSource time) {
    this.node = node;
    this.time = time;
    this.database = database;
    kinds.add(new Kind(TASK, worker, RecordingStore::unfinished));
    kinds.addAll(others);
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

  private CustomTask<Void> task(Kind kind) {
    return Tasks.custom(kind.name(), Void.class)
        .onFailure(
            (complete, operations) -> operations.reschedule(complete, time.steady().plus(FULL)))
        .onDeadExecutionRevive()
        .execute((instance, context) ->
            kind.worker().work(instance.getId())
                ? (complete, operations) -> {
                  operations.stop();
                  hurryOldest();
                }
                : (complete, operations) ->
                    operations.reschedule(
                        complete, time.steady().plus(kind.worker().pause(instance.getId()))));
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
    for (Kind kind : kinds) {
      for (String id : database.jdbi().withHandle(kind.unfinished()::apply)) {
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

  /** There is room for another one. */
  private void hurryOldest() {
    try {
      database.jdbi().withHandle(RecordingStore::oldestQueued).ifPresent(this::scheduleNow);
    } catch (RuntimeException e) {
      LOG.info("Nobody is hurried: {}", e.toString()); // all that waits is looked at soon anyway
    }
  }

  void add(String recordingId) {
    add(TASK, recordingId);
  }

  /**
   * Queues other work, of a kind that this queue was made with. The work itself is stored already:
   * if it cannot be queued now, it is as soon as the store answers.
   */
  public void add(String kind, String id) {
    Work work = new Work(kind, id);
    try {
      schedule(work);
    } catch (RuntimeException e) {
      LOG.warn("{} {} is queued later: {}", kind, id, e.toString());
      unstored.add(work);
    }
  }

  private void schedule(Work work) {
    scheduler.scheduleIfNotExists(new TaskInstance<Void>(work.kind(), work.id()), time.steady());
  }

  private void addUnstored() {
    try {
      for (Work work : Set.copyOf(unstored)) {
        schedule(work);
        unstored.remove(work);
      }
    } catch (RuntimeException e) {
      LOG.debug("The store does not answer yet", e);
    }
  }

  /** Looks at a waiting recording now. */
  void scheduleNow(String recordingId) {
    try {
      scheduler.reschedule(instance(recordingId), time.steady());
    } catch (TaskInstanceNotFoundException e) {
      add(recordingId); // stored, but never queued
    } catch (RuntimeException e) {
      // It got an owner just now, or the store does not answer: it is looked at.
      LOG.debug("Cannot hurry {}", recordingId, e);
    }
  }

  private record Work(String kind, String id) {}

  private static TaskInstance<Void> instance(String recordingId) {
    return new TaskInstance<>(TASK, recordingId);
  }

  @Override
  public void close() {
    again.shutdownNow();
    scheduler.stop();
  }
}
