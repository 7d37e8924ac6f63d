package org.pagereel.server.core.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.queue.Claim;
import org.pagereel.server.platform.store.RowLocks;
import org.pagereel.server.platform.store.Times;

/** The table of tasks. */
public final class ReplayStore {
  private static final String SELECT =
      "SELECT number, id, face, scope, room, subject, request, state, progress, failed_attempts,"
          + " result, failure, created_at, started_at, ended_at, owner, epoch FROM replay_tasks ";

  private static final String UNFINISHED = "state IN ('QUEUED', 'PROCESSING')";

  private ReplayStore() {}

  /** False when its room has an unfinished one: then nothing was stored. */
  static boolean insert(Handle handle, Replays.Order order, Instant now) {
    return handle
            .createUpdate(
                "INSERT INTO replay_tasks (id, face, scope, room, subject, request, state, progress,"
                    + " failed_attempts, created_at) VALUES (:id, :face, :scope, :room, :subject,"
                    + " :request, 'QUEUED', 0, 0, :now) ON CONFLICT DO NOTHING")
            .bind("id", order.id())
            .bind("face", order.face())
            .bind("scope", order.scope())
            .bind("room", order.room())
            .bind("subject", order.subject())
            .bind("request", Json.LINES.writeValueAsString(order.request()))
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }

  /**
   * Stores what a worker has changed.
   *
   * @param epoch of the claim that the change rests upon
   * @return false if there is a later claim: then nothing was stored
   */
  static boolean update(Handle handle, ReplayTask task, long epoch) {
    return handle
            .createUpdate(
                "UPDATE replay_tasks SET state = :state, progress = :progress, failed_attempts ="
                    + " :broke, result = :result, failure = :failure, started_at = :started, ended_at"
                    + " = :ended, owner = :owner, epoch = :next WHERE id = :id AND epoch = :epoch")
            .bind("epoch", epoch)
            .bind("owner", task.claim().owner())
            .bind("next", task.claim().epoch())
            .bind("id", task.id())
            .bind("state", task.state().name())
            .bind("progress", task.progress())
            .bind("broke", task.failedAttempts())
            .bind("result", json(task.result()))
            .bind("failure", json(task.failure()))
            .bind("started", Times.millis(task.startedAt()))
            .bind("ended", Times.millis(task.endedAt()))
            .execute()
        == 1;
  }

  public static Optional<ReplayTask> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + "WHERE id = :id" + RowLocks.all(handle))
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The room's task that waits or goes on. */
  static Optional<ReplayTask> unfinished(Handle handle, String face, String scope, String room) {
    return handle
        .createQuery(
            SELECT + "WHERE face = :face AND scope = :scope AND room = :room AND " + UNFINISHED)
        .bind("face", face)
        .bind("scope", scope)
        .bind("room", room)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The ids of those that have begun and not ended. */
  static List<String> begun(Handle handle) {
    return handle
        .createQuery("SELECT id FROM replay_tasks WHERE state = 'PROCESSING' ORDER BY number")
        .mapTo(String.class)
        .list();
  }

  /** Whether one has begun here, or before nodes had names, and has not ended. */
  static boolean hasBegun(Handle handle, String node) {
    return handle
        .createQuery(
            "SELECT id FROM replay_tasks WHERE state = 'PROCESSING' AND (owner IS NULL OR owner ="
                + " :node) LIMIT 1")
        .bind("node", node)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /** Those that wait for room, the oldest first. */
  static List<ReplayTask> waiting(Handle handle, int most) {
    return handle
        .createQuery(SELECT + "WHERE state = 'QUEUED' ORDER BY number LIMIT :most")
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  public static int countIn(Handle handle, ReplayState state) {
    return handle
        .createQuery("SELECT COUNT(*) FROM replay_tasks WHERE state = :state")
        .bind("state", state.name())
        .mapTo(Integer.class)
        .one();
  }

  private static ReplayTask read(ResultSet row) throws SQLException {
    String result = row.getString("result");
    String failure = row.getString("failure");
    return new ReplayTask(
        row.getLong("number"),
        row.getString("id"),
        row.getString("face"),
        row.getString("scope"),
        row.getString("room"),
        row.getString("subject"),
        Json.LINES.readValue(row.getString("request"), ReplayRequest.class),
        ReplayState.valueOf(row.getString("state")),
        row.getInt("progress"),
        row.getInt("failed_attempts"),
        result == null ? null : Json.LINES.readValue(result, ReplayResult.class),
        failure == null ? null : Json.LINES.readValue(failure, ReplayFailure.class),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Times.instant(row, "started_at"),
        Times.instant(row, "ended_at"),
        new Claim(row.getString("owner"), row.getLong("epoch"), false));
  }

  private static @Nullable String json(@Nullable Object value) {
    return value == null ? null : Json.LINES.writeValueAsString(value);
  }
}
