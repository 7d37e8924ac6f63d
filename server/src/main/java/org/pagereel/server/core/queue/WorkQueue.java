package org.pagereel.server.core.queue;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that goes on, one scheduled task a piece: claimed by one node, and given free when that node
 * is lost. Work that waits has no task: once a second, and whenever something ends, the kinds are
 * asked which piece is next. A node's scheduler picks what this node has let in, and nothing else.
 */
public final class WorkQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);

  /**
   * Lost nodes are found by their own heartbeats, one for each node: this is for what they miss.
   */
  private static final Duration HEARTBEAT = Duration.ofMinutes(5);

  private static final int MISSED_HEARTBEATS = 4;

  /** Work that could not go on is looked at again after this. */
  static final Duration AGAIN = Duration.ofSeconds(3);

  /** Work that nobody does is looked at piece by piece, so many in a round. */
  private static final int AT_A_TIME = 20;

  private static final Duration LET_IN = Duration.ofSeconds(1);

  /** Whoever lets a piece in picks it within this time, or is not there any more. */
  private static final Duration PICKED_WITHIN = Duration.ofSeconds(5);

  private static final String FREE =
      "UPDATE scheduled_tasks SET picked = false, picked_by = NULL, last_heartbeat = NULL, version ="
          + " version + 1";

  private final String node;
  private final Database database;
  private final TimeSource time;
  private final Standing standing;
  private final Set<Piece> unstored = ConcurrentHashMap.newKeySet();

  /** What has ended here while the store took nothing: their tasks are still this node's. */
  private final Set<Piece> held = ConcurrentHashMap.newKeySet();

  /** What was let in here and has not ended, with the time of it. */
  private final Map<Piece, Instant> letIn = new ConcurrentHashMap<>();

  /** What is worked on here. */
  private final Set<Piece> working = ConcurrentHashMap.newKeySet();

  /** Pieces that nobody works on, and since when that is known here. */
  private final Map<Piece, Instant> orphans = new HashMap<>();

  private final ScheduledExecutorService gate =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("queue-gate").factory());
  private volatile boolean opened;
  private volatile boolean paused;
  private final List<WorkKind> kinds;
  private final Scheduler scheduler;

  /**
   * Makes the queue of a server with a store of its own; nothing is claimed before {@link #open}.
   *
   * @param node this node's name in the store
   * @param most the most pieces of work that are done at once
   * @param time its steady clock says when something is due
   */
  public WorkQueue(
      Database database, String node, int most, List<WorkKind> kinds, TimeSource time) {
    this(database, node, most, kinds, time, Standing.alone(node, time::steady));
  }

  /** The same of a node among others. */
  public WorkQueue(
      Database database,
      String node,
      int most,
      List<WorkKind> kinds,
      TimeSource time,
      Standing standing) {
    this(database, node, most, kinds, time, standing, HEARTBEAT);
  }

  WorkQueue(
      Database database,
      String node,
      int most,
      List<WorkKind> kinds,
      TimeSource time,
      Standing standing,
      Duration heartbeat) {
    this.node = node;
    this.time = time;
    this.standing = standing;
    this.database = database;
    this.kinds = List.copyOf(kinds);
    List<Task<?>> tasks = new ArrayList<>();
    kinds.forEach(kind -> tasks.add(task(kind)));
    scheduler =
        Scheduler.create(database.source(), tasks)
            .schedulerName(new SchedulerName.Fixed(node))
            .jdbcCustomization(OwnPicks.of(database.isShared(), this::letInHere))
            .clock(standing::now)
            .threads(most)
            .pollingInterval(Duration.ofMillis(500))
            .heartbeatInterval(heartbeat)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .enableImmediateExecution()
            .shutdownMaxWait(Duration.ofSeconds(1))
            .build();
  }

  /** Gives free what a node has claimed, within a transaction: any node may go on with it. */
  public static void free(Handle handle, String node) {
    handle.createUpdate(FREE + " WHERE picked_by = :node").bind("node", node).execute();
  }

  /** Gives free one piece that this node has claimed, within a transaction. */
  public static void free(Handle handle, String kind, String id, String node) {
    handle
        .createUpdate(
            FREE + " WHERE task_name = :kind AND task_instance = :id AND picked_by = :node")
        .bind("kind", kind)
        .bind("id", id)
        .bind("node", node)
        .execute();
  }

  private List<String> letInHere() {
    return letIn.keySet().stream()
        .filter(piece -> !working.contains(piece))
        .map(Piece::id)
        .toList();
  }

  private CustomTask<Void> task(WorkKind kind) {
    return Tasks.custom(kind.name(), Void.class)
        .onFailure((complete, operations) -> {
          Piece piece = piece(complete.getExecution().taskInstance);
          leave(piece);
          held.add(piece);
          operations.reschedule(complete, standing.now().plus(AGAIN));
          held.remove(piece);
        })
        .onDeadExecution((complete, operations) -> {
          Piece piece = piece(complete.getExecution().taskInstance);
          if (working.contains(piece)) {
            LOG.info("{} is alive: this machine stood still, or the store did", piece);
          } else {
            LOG.info("{} is taken over", piece);
            operations.reschedule(complete, standing.now());
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
              leave(piece);
              held.add(piece);
              throw e;
            }
          };
        });
  }

  private void leave(Piece piece) {
    working.remove(piece);
    letIn.remove(piece);
  }

  private void end(
      Piece piece,
      WorkKind kind,
      WorkKind.Outcome outcome,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    Optional<String> owner = owner(piece);
    if (owner.isPresent() && !isOurs(owner)) {
      LOG.info("{} is another node's now", piece);
      free(piece); // its task is the other's already, unless this node looked when all was over
      leave(piece);
      return;
    }
    switch (outcome) {
      case DONE, WAITS -> {
        operations.stop();
        leave(piece); // not before: it could not be let in again while it has a task
        lookNow();
      }
      case OFFERED -> leave(piece);
      case AGAIN -> {
        leave(piece);
        operations.reschedule(complete, standing.now().plus(kind.pause(piece.id())));
      }
    }
  }

  /** Begins to claim, and to let in what waits; takes back at once what this node had last. */
  public void open() {
    Instant now = standing.now();
    database.jdbi().useTransaction(handle -> free(handle, node));
    for (ScheduledExecution<Object> waiting : scheduler.getScheduledExecutions()) {
      Piece piece = piece(waiting.getTaskInstance());
      if (!waiting.isPicked() && waiting.getExecutionTime().isAfter(now) && isOurs(owner(piece))) {
        scheduler.reschedule(waiting.getTaskInstance(), now);
      }
    }
    // One that has begun and lost its task, whatever the reason.
    for (WorkKind kind : kinds) {
      for (String id : database.jdbi().withHandle(kind::begun)) {
        scheduler.scheduleIfNotExists(instance(kind.name(), id), now);
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
      gate.execute(this::letInWhatWaits);
    } catch (RejectedExecutionException e) {
      LOG.debug("This queue is closed", e);
    }
  }

  /** This node is the best for what waits: it takes the next piece without waiting for a turn. */
  public void takeNext() {
    try {
      gate.execute(this::letInNext);
    } catch (RejectedExecutionException e) {
      LOG.debug("This queue is closed", e);
    }
  }

  /** A node is lost: its work is looked for at once. */
  public void resumeNow() {
    try {
      gate.execute(this::round);
    } catch (RejectedExecutionException e) {
      LOG.debug("This queue is closed", e);
    }
  }

  private void round() {
    if (!opened || paused) {
      return; // it is looked at when this is opened
    }
    try {
      for (Piece piece : Set.copyOf(unstored)) {
        var _ = schedule(piece);
        unstored.remove(piece);
      }
      for (Piece piece : Set.copyOf(held)) {
        giveBack(piece);
      }
      forgetOthers();
      resume();
      letInWhatWaits();
    } catch (RuntimeException e) {
      LOG.debug("The store does not answer yet", e);
    }
  }

  private void giveBack(Piece piece) {
    if (!working.contains(piece)) {
      free(piece);
    }
    held.remove(piece);
  }

  private void free(Piece piece) {
    database.jdbi().useTransaction(handle -> free(handle, piece.kind(), piece.id(), node));
  }

  private void letInWhatWaits() {
    letIn(kind -> letIn(kind, standing.waitBeforeClaim(), Integer.MAX_VALUE));
  }

  private void letInNext() {
    letIn(kind -> letIn(kind, Duration.ZERO, 1));
  }

  private void letIn(Consumer<WorkKind> way) {
    try {
      if (opened && !paused && standing.mayClaim()) {
        kinds.forEach(way);
      }
    } catch (RuntimeException e) {
      LOG.debug("The store does not answer yet", e);
    }
  }

  /** Work that has begun and that nobody does now: ours at once, a lost node's in our turn. */
  private void resume() {
    Instant now = time.steady();
    Duration turn = standing.waitBeforeClaim();
    List<Piece> due = unpicked();
    orphans.keySet().retainAll(due);
    due.forEach(piece -> orphans.putIfAbsent(piece, now));
    Collections.shuffle(due); // of many nodes each looks at some, and not all at the same
    boolean any = false;
    for (Piece piece : due.subList(0, Math.min(due.size(), AT_A_TIME))) {
      Instant since = orphans.getOrDefault(piece, now);
      Claim claim = claim(piece);
      Optional<String> owner = claim.keeper();
      boolean isOurs = isOurs(owner) && standing.holdsLease();
      boolean isNobodys =
          owner.filter(standing::isThere).isEmpty()
              && standing.mayClaim()
              && !kind(piece).refuses(piece.id());
      // Without an owner somebody has just let it in.
      boolean isLetIn = claim.owner() == null;
      Duration wait = isLetIn ? turn.plus(PICKED_WITHIN.dividedBy(2)) : turn;
      if (isOurs || (isNobodys && !now.isBefore(since.plus(wait)))) {
        letIn.put(piece, now);
        any = true;
      }
    }
    if (any) {
      scheduler.triggerCheckForDueExecutions();
    }
  }

  private List<Piece> unpicked() {
    List<Piece> due = new ArrayList<>();
    Instant now = standing.now();
    scheduler.fetchScheduledExecutions(
        ScheduledExecutionsFilter.all().withPicked(false),
        waiting -> {
          Piece piece = piece(waiting.getTaskInstance());
          boolean isDue = !waiting.getExecutionTime().isAfter(now);
          if (isDue && !letIn.containsKey(piece)) {
            due.add(piece);
          }
        });
    return due;
  }

  private Optional<String> owner(Piece piece) {
    return claim(piece).keeper();
  }

  private Claim claim(Piece piece) {
    return kind(piece).claim(piece.id());
  }

  private boolean isOurs(Optional<String> owner) {
    return owner.filter(node::equals).isPresent();
  }

  private WorkKind kind(Piece piece) {
    return kinds.stream()
        .filter(kind -> kind.name().equals(piece.kind()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No kind of work is named " + piece.kind()));
  }

  /** What was let in here, and another node was a moment sooner. */
  private void forgetOthers() {
    Instant old = time.steady().minus(PICKED_WITHIN);
    letIn.forEach((piece, since) -> {
      if (since.isBefore(old) && !working.contains(piece) && !unstored.contains(piece)) {
        boolean isOurs =
            scheduler
                .getScheduledExecution(instance(piece.kind(), piece.id()))
                .filter(task -> !task.isPicked() || node.equals(task.getPickedBy()))
                .isPresent();
        if (!isOurs) {
          pass(piece);
        }
      }
    });
  }

  private void pass(Piece piece) {
    letIn.remove(piece);
    if (!working.contains(piece)) {
      kind(piece).passed(piece.id());
    }
  }

  private void letIn(WorkKind kind, Duration turn, int most) {
    int left = most;
    Set<String> taken = new HashSet<>();
    Optional<String> next = next(kind, taken, turn);
    while (next.isPresent() && !paused) {
      Piece piece = new Piece(kind.name(), next.get());
      letIn.put(piece, time.steady());
      left -= add(piece) ? 1 : 0;
      taken.add(piece.id()); // here, or by a node that was a moment sooner: it still seems to wait
      next = left > 0 ? next(kind, taken, turn) : Optional.empty();
    }
  }

  private Optional<String> next(WorkKind kind, Set<String> taken, Duration turn) {
    Set<String> known =
        letIn.keySet().stream()
            .filter(piece -> piece.kind().equals(kind.name()))
            .map(Piece::id)
            .collect(Collectors.toCollection(HashSet::new));
    known.addAll(taken);
    return kind.letIn(known, turn);
  }

  /**
   * Queues a piece of work. The work itself is stored already: if it cannot be queued now, it is as
   * soon as the store answers. False when another node was sooner.
   */
  private boolean add(Piece piece) {
    try {
      boolean added = schedule(piece);
      if (!added) {
        pass(piece);
      }
      return added;
    } catch (RuntimeException e) {
      LOG.warn("{} is queued later: {}", piece, e.toString());
      unstored.add(piece);
      return true;
    }
  }

  /** False when it has a task already: then another node was sooner, or goes on with it. */
  private boolean schedule(Piece piece) {
    return scheduler.scheduleIfNotExists(instance(piece.kind(), piece.id()), standing.now());
  }

  private record Piece(String kind, String id) {
    @Override
    public String toString() {
      return kind + " " + id;
    }
  }

  private static Piece piece(TaskInstanceId instance) {
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
