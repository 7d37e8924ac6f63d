package org.pagereel.server.core.replay;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.server.core.queue.WorkQueue;

/** The core's service for faces: has a class made into videos, finds a task. */
public final class Replays {
  private final Jdbi jdbi;
  private final WorkQueue queue;
  private final int mostQueued;
  private final InstantSource clock;

  /**
   * Takes orders into this queue.
   *
   * @param queue has the kind {@link ReplayWorker#KIND}
   * @param mostQueued the number of tasks that may wait
   */
  public Replays(Jdbi jdbi, WorkQueue queue, int mostQueued, InstantSource clock) {
    this.clock = clock;
    this.jdbi = jdbi;
    this.queue = queue;
    this.mostQueued = mostQueued;
  }

  /** A face's order for a replay. */
  public record Order(
      String id, String face, String scope, String room, String subject, ReplayRequest request) {}

  /** The answer to an order. */
  public sealed interface Answer {
    record Taken(ReplayTask task) implements Answer {}

    /** The room has a task already that waits or goes on. */
    record Unfinished(ReplayTask other) implements Answer {}

    /** The largest allowed number of tasks wait already. */
    record Full(int most) implements Answer {}
  }

  /** Takes an order, or says why not; of two orders for one room at once, one is taken. */
  public Answer order(Order order) {
    Answer answer =
        jdbi.inTransaction(handle -> {
          Optional<ReplayTask> other = unfinished(handle, order);
          if (other.isPresent()) {
            return new Answer.Unfinished(other.get());
          }
          if (ReplayStore.countIn(handle, ReplayState.QUEUED) >= mostQueued) {
            return new Answer.Full(mostQueued);
          }
          if (!ReplayStore.insert(handle, order, clock.instant())) {
            return new Answer.Unfinished(unfinished(handle, order).orElseThrow());
          }
          return new Answer.Taken(ReplayStore.find(handle, order.id()).orElseThrow());
        });
    if (answer instanceof Answer.Taken) {
      queue.lookNow();
    }
    return answer;
  }

  private static Optional<ReplayTask> unfinished(Handle handle, Order order) {
    return ReplayStore.unfinished(handle, order.face(), order.scope(), order.room());
  }

  public Optional<ReplayTask> find(String id) {
    return jdbi.withHandle(handle -> ReplayStore.find(handle, id));
  }

  /** The names of the files that a task made; empty when there is no task of this id. */
  public Optional<Set<String>> files(String id) {
    return find(id)
        .map(task ->
            task.result() == null
                ? Set.of()
                : task.result().files().files().stream()
                    .map(StreamFile::file)
                    .collect(Collectors.toUnmodifiableSet()));
  }
}
