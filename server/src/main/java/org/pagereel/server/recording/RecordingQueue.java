package org.pagereel.server.recording;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.store.Database;

/**
 * Recordings that wait for or have an owner, one scheduled task each: claimed by one node, kept by
 * its heartbeat, given to another when that stops. Other kinds of work are given out with them.
 */
public final class RecordingQueue implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final int MISSED_HEARTBEATS = 4;

  /** A recording that no node can carry is looked at again after this. */
  private static final Duration FULL = Duration.ofSeconds(3);

  private static final String TASK = "recording";

  private final String node;
  private final Database database;
  private final List<Kind> kinds = new ArrayList<>();
  private final Scheduler scheduler;

  /** What a node does with a recording, or other work, that it has claimed. */
  public interface Worker {
    /** Returns when the recording has ended; false when it could not be taken now. */
    boolean work(String recordingId);
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
   * @param most so many recordings and other works are owned at once
   * @param worker does recordings
   * @param others kinds of work beside them
   */
  public RecordingQueue(
      Database database, String node, int most, Worker worker, List<Kind> others) {
    this.node = node;
    this.database = database;
    kinds.add(new Kind(TASK, worker, RecordingStore::unfinished));
    kinds.addAll(others);
    List<Task<?>> tasks = new ArrayList<>();
    kinds.forEach(kind -> tasks.add(task(kind)));
    scheduler =
        Scheduler.create(database.source(), tasks)
            .schedulerName(new SchedulerName.Fixed(node))
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
        .onFailure((complete, operations) -> operations.reschedule(complete, soon()))
        .onDeadExecutionRevive()
        .execute((instance, context) ->
            kind.worker().work(instance.getId())
                ? (complete, operations) -> {
                  operations.stop();
                  hurryOldest();
                }
                : (complete, operations) -> operations.reschedule(complete, soon()));
  }

  /** Begins to claim; takes back at once what this node owned when it last ended. */
  public void open() {
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
    // One that was stored and not queued, because the process ended just then.
    for (Kind kind : kinds) {
      for (String id : database.jdbi().withHandle(kind.unfinished()::apply)) {
        add(kind.name(), id);
      }
    }
    scheduler.start();
  }

  /** Claims nothing more. */
  public void pause() {
    scheduler.pause();
  }

  /** There is room for another one. */
  private void hurryOldest() {
    database.jdbi().withHandle(RecordingStore::oldestQueued).ifPresent(this::hurry);
  }

  void add(String recordingId) {
    add(TASK, recordingId);
  }

  /** Queues other work, of a kind that this queue was made with. */
  public void add(String kind, String id) {
    scheduler.scheduleIfNotExists(new TaskInstance<Void>(kind, id), Instant.now());
  }

  /** Looks at a waiting recording now. */
  void hurry(String recordingId) {
    try {
      scheduler.reschedule(instance(recordingId), Instant.now());
    } catch (TaskInstanceNotFoundException e) {
      add(recordingId); // stored, but never queued
    } catch (DbSchedulerException e) {
      // It got an owner just now: it is looked at.
    }
  }

  private static TaskInstance<Void> instance(String recordingId) {
    return new TaskInstance<>(TASK, recordingId);
  }

  private static Instant soon() {
    return Instant.now().plus(FULL);
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
