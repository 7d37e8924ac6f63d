package org.pagereel.server.core.recording;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.files.RecordingResult;
import org.pagereel.server.core.queue.Claim;
import org.pagereel.server.platform.store.RowLocks;
import org.pagereel.server.platform.store.Times;

/** The table of recordings. */
public final class RecordingStore {
  private static final String COLUMNS =
      "number, id, face, scope, subject, spec, ticket, extra, desired, status, reason, ended,"
          + " created_at, started_at, ended_at, ran_millis, ran_as_of, result, owner, epoch, offered,"
          + " files_deleted_at";

  private RecordingStore() {}

  /** False when the subject has a running recording already: then nothing was stored. */
  static boolean insert(Handle handle, Recording recording) {
    return handle
            .createUpdate(
                "INSERT INTO recordings (id, face, scope, subject, spec, ticket, extra, desired,"
                    + " status, state, running, created_at) VALUES (:id, :face, :scope, :subject,"
                    + " :spec, :ticket, :extra, :desired, :status, :state, 1, :created)"
                    + " ON CONFLICT DO NOTHING")
            .bind("id", recording.id())
            .bind("face", recording.face())
            .bind("scope", recording.scope())
            .bind("subject", recording.subject())
            .bind("spec", StoredSpec.write(recording.spec()))
            .bind("ticket", recording.ticket())
            .bind("extra", recording.extra())
            .bind("desired", recording.desired().name())
            .bind("status", status(recording.status()))
            .bind("state", recording.state().name())
            .bind("created", recording.createdAt().toEpochMilli())
            .execute()
        == 1;
  }

  /**
   * Stores what an owner has changed.
   *
   * @param epoch of the claim that the change rests upon
   * @return false if there is a later claim, or no such recording: then nothing was stored
   */
  static boolean update(Handle handle, Recording recording, long epoch) {
    return handle
            .createUpdate(
                "UPDATE recordings SET status = :status, state = :state, running = :running, reason ="
                    + " :reason, ended = :ended_by, started_at = :started, ended_at = :ended,"
                    + " ran_millis = :ran, ran_as_of = :as_of, result = :result, owner = :owner, epoch ="
                    + " :next WHERE id = :id AND epoch = :epoch")
            .bind("id", recording.id())
            .bind("epoch", epoch)
            .bind("owner", recording.claim().owner())
            .bind("next", recording.claim().epoch())
            .bind("status", status(recording.status()))
            .bind("state", recording.state().name())
            .bind("running", recording.isRunning() ? 1 : 0)
            .bind("reason", recording.reason() == null ? null : recording.reason().name())
            .bind("ended_by", recording.ended() == null ? null : recording.ended().name())
            .bind("started", Times.millis(recording.startedAt()))
            .bind("ended", Times.millis(recording.endedAt()))
            .bind("ran", recording.elapsed() == null ? null : recording.elapsed().millis())
            .bind(
                "as_of",
                recording.elapsed() == null ? null : Times.millis(recording.elapsed().asOf()))
            .bind("result", result(recording.result()))
            .execute()
        == 1;
  }

  /** Notes how long it has lasted: what a server that dies forgets is what came after. */
  static void elapsed(Handle handle, String id, long epoch, ElapsedTime elapsed) {
    handle
        .createUpdate(
            "UPDATE recordings SET ran_millis = :ran, ran_as_of = :as_of WHERE id = :id AND epoch ="
                + " :epoch")
        .bind("id", id)
        .bind("epoch", epoch)
        .bind("ran", elapsed.millis())
        .bind("as_of", elapsed.asOf().toEpochMilli())
        .execute();
  }

  /**
   * Notes what is wanted.
   *
   * @param by the cause of the end, if the end is wanted
   */
  static void want(Handle handle, String id, Desired desired, @Nullable EndCause by) {
    handle
        .createUpdate("UPDATE recordings SET desired = :desired, ended = :by WHERE id = :id")
        .bind("id", id)
        .bind("desired", desired.name())
        .bind("by", by == null ? null : by.name())
        .execute();
  }

  /**
   * Wants the end of a recording, if it is not wanted already and not over: what ended it first has
   * ended it.
   */
  static void end(Handle handle, String id, EndCause by) {
    handle
        .createUpdate(
            "UPDATE recordings SET desired = 'STOP', ended = :by WHERE id = :id AND running = 1"
                + " AND desired <> 'STOP'")
        .bind("id", id)
        .bind("by", by.name())
        .execute();
  }

  /**
   * Offers a recording to other nodes; the owner goes on until one has taken it.
   *
   * @return false when it is not this node's any more
   */
  static boolean offer(Handle handle, String id, String owner) {
    return handle
            .createUpdate(
                "UPDATE recordings SET offered = epoch WHERE id = :id AND owner = :owner AND running ="
                    + " 1")
            .bind("id", id)
            .bind("owner", owner)
            .execute()
        == 1;
  }

  /**
   * Gives an offered recording back to the node that goes on with it: its offer stands.
   *
   * @return false when somebody has claimed it later than this
   */
  static boolean giveBack(Handle handle, String id, Claim ours, String owner) {
    return handle
            .createUpdate(
                "UPDATE recordings SET owner = :owner, offered = epoch WHERE id = :id AND owner = :us"
                    + " AND epoch = :epoch AND running = 1")
            .bind("id", id)
            .bind("owner", owner)
            .bind("us", ours.owner())
            .bind("epoch", ours.epoch())
            .execute()
        == 1;
  }

  /** Those of a node that others could go on with, the oldest first. */
  static List<String> recordedBy(Handle handle, String node) {
    return handle
        .createQuery(
            "SELECT id FROM recordings WHERE running = 1 AND owner = :node AND offered <> epoch AND"
                + " state IN ('READY', 'RECORDING', 'PAUSED') ORDER BY number")
        .bind("node", node)
        .mapTo(String.class)
        .list();
  }

  private static Claim claim(ResultSet row) throws SQLException {
    long epoch = row.getLong("epoch");
    return new Claim(row.getString("owner"), epoch, epoch > 0 && row.getLong("offered") == epoch);
  }

  /** Notes that a client has said of its attempt that the page is ready. */
  static void confirm(Handle handle, Recording recording) {
    handle
        .createUpdate("UPDATE recordings SET confirmed_attempt = :attempt WHERE id = :id")
        .bind("id", recording.id())
        .bind("attempt", recording.status().tries().attempt())
        .execute();
  }

  /** What a node must know of the recordings that it works on, by their ids. */
  static Map<String, RowWatch.Seen> rowsOf(Handle handle, String node) {
    return handle
        .createQuery(
            "SELECT id, epoch, desired, confirmed_attempt FROM recordings WHERE owner = :node AND"
                + " running = 1")
        .bind("node", node)
        .reduceRows(
            new HashMap<>(),
            (rows, row) -> {
              rows.put(
                  row.getColumn("id", String.class),
                  new RowWatch.Seen(
                      row.getColumn("epoch", Long.class),
                      Desired.valueOf(row.getColumn("desired", String.class)),
                      row.getColumn("confirmed_attempt", Integer.class)));
              return rows;
            });
  }

  public static Optional<Recording> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM recordings WHERE id = :id" + RowLocks.all(handle))
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  public static Optional<Recording> running(
      Handle handle, String face, String scope, String subject) {
    return select(handle, COLUMNS, face, scope, subject, " AND running = 1" + RowLocks.all(handle))
        .map((row, context) -> read(row))
        .findOne();
  }

  /** A subject's recordings from a number on, oldest first. */
  public static List<Recording> of(
      Handle handle, String face, String scope, String subject, long fromNumber, int most) {
    return select(
            handle,
            COLUMNS,
            face,
            scope,
            subject,
            " AND number >= :from ORDER BY number LIMIT :most")
        .bind("from", fromNumber)
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  public static int count(Handle handle, String face, String scope, String subject) {
    return select(handle, "COUNT(*)", face, scope, subject, "").mapTo(Integer.class).one();
  }

  private static Query select(
      Handle handle, String what, String face, String scope, String subject, String more) {
    return handle
        .createQuery(
            "SELECT "
                + what
                + " FROM recordings WHERE face = :face AND scope = :scope AND subject = :subject"
                + more)
        .bind("face", face)
        .bind("scope", scope)
        .bind("subject", subject);
  }

  public static int countIn(Handle handle, RecordingState state) {
    return handle
        .createQuery("SELECT COUNT(*) FROM recordings WHERE state = :state")
        .bind("state", state.name())
        .mapTo(Integer.class)
        .one();
  }

  /** The ids of those that were stopped while they waited, and have not ended yet. */
  static List<String> stoppedWaiting(Handle handle) {
    return handle
        .createQuery(
            "SELECT id FROM recordings WHERE state = 'QUEUED' AND desired = 'STOP' ORDER BY number")
        .mapTo(String.class)
        .list();
  }

  /** The ids of those that wait for room, the oldest first. */
  static List<String> waiting(Handle handle, int most) {
    return handle
        .createQuery(
            "SELECT id FROM recordings WHERE state = 'QUEUED' AND desired <> 'STOP' ORDER BY number"
                + " LIMIT :most")
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /** The recording whose recorder has this ticket. */
  public static Optional<Recording> ofTicket(Handle handle, String ticket) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM recordings WHERE ticket = :ticket")
        .bind("ticket", ticket)
        .map((row, context) -> read(row))
        .findFirst();
  }

  static List<String> begun(Handle handle) {
    return handle
        .createQuery(
            "SELECT id FROM recordings WHERE state NOT IN ('QUEUED', 'FINISHED', 'FAILED')")
        .mapTo(String.class)
        .list();
  }

  private static Recording read(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    String ended = row.getString("ended");
    return new Recording(
        row.getLong("number"),
        row.getString("id"),
        row.getString("face"),
        row.getString("scope"),
        row.getString("subject"),
        StoredSpec.read(row.getString("spec")),
        row.getString("ticket"),
        row.getString("extra"),
        Desired.valueOf(row.getString("desired")),
        Json.LINES.readValue(row.getString("status"), Status.class),
        reason == null ? null : Reason.valueOf(reason),
        ended == null ? null : EndCause.valueOf(ended),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Times.instant(row, "started_at"),
        Times.instant(row, "ended_at"),
        elapsed(row),
        result(row),
        claim(row),
        Times.instant(row, "files_deleted_at"));
  }

  private static @Nullable RecordingResult result(ResultSet row) throws SQLException {
    String result = row.getString("result");
    return result == null ? null : Json.LINES.readValue(result, RecordingResult.class);
  }

  private static @Nullable String result(@Nullable RecordingResult result) {
    return result == null ? null : Json.LINES.writeValueAsString(result);
  }

  private static @Nullable ElapsedTime elapsed(ResultSet row) throws SQLException {
    Instant asOf = Times.instant(row, "ran_as_of");
    return asOf == null ? null : new ElapsedTime(row.getLong("ran_millis"), asOf);
  }

  private static String status(Status status) {
    return Json.LINES.writerFor(Status.class).writeValueAsString(status);
  }
}
