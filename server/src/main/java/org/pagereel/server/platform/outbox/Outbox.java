package org.pagereel.server.platform.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.platform.store.Steps;

/** The table of notices that must arrive. */
public final class Outbox {
  /**
   * One notice.
   *
   * @param lane notices of one lane arrive in order
   * @param target the receiver; its address and secret are looked up when the notice is sent
   * @param added when it was added; the epoch if an earlier version did
   */
  record Notice(long number, String lane, String target, String body, int tries, Instant added) {}

  /**
   * The notices of one receiver.
   *
   * @param waiting those that are still to be sent
   * @param oldest when the first of them was added; null if none waits
   * @param givenUp those that nobody took
   */
  public record Backlog(String target, long waiting, @Nullable Instant oldest, long givenUp) {}

  private Outbox() {}

  /** Adds a notice within the transaction that made it true. */
  public static void add(
      Handle handle, String id, String lane, String target, String body, Instant now) {
    handle
        .createUpdate(
            "INSERT INTO outbox (id, lane, target, body, tries, next_at, added_at) VALUES (:id,"
                + " :lane, :target, :body, 0, 0, :now)")
        .bind("id", id)
        .bind("lane", lane)
        .bind("target", target)
        .bind("body", body)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /**
   * The first waiting notice of each lane, if its time has come: the oldest ones of each target, so
   * that a receiver which does not answer keeps nobody else waiting.
   *
   * @param most the most of one target; those that are being sent count
   */
  static List<Notice> due(Handle handle, Instant now, int most) {
    return handle
        .createQuery(
            "SELECT number, lane, target, body, tries, added_at FROM (SELECT *, ROW_NUMBER() OVER"
                + " (PARTITION BY target ORDER BY number) AS place FROM outbox WHERE done_at IS"
                + " NULL AND next_at <= :now AND number IN (SELECT MIN(number) FROM outbox WHERE"
                + " done_at IS NULL GROUP BY lane)) AS heads WHERE place <= :most ORDER BY number")
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .map((row, context) ->
            new Notice(
                row.getLong("number"),
                row.getString("lane"),
                row.getString("target"),
                row.getString("body"),
                row.getInt("tries"),
                Instant.ofEpochMilli(row.getLong("added_at"))))
        .list();
  }

  /** Forgets the times of retries: they are in the steady time of a process that has ended. */
  static void scheduleNow(Handle handle) {
    handle.execute("UPDATE outbox SET next_at = 0 WHERE done_at IS NULL AND next_at <> 0");
  }

  static boolean isWaiting(Handle handle, Notice notice) {
    return handle
        .createQuery("SELECT COUNT(*) FROM outbox WHERE number = :number AND done_at IS NULL")
        .bind("number", notice.number())
        .mapTo(Integer.class)
        .one()
        .equals(1);
  }

  static void done(Handle handle, Notice notice, Instant now) {
    end(handle, notice, false, now);
  }

  static void giveUp(Handle handle, Notice notice, Instant now) {
    end(handle, notice, true, now);
  }

  private static void end(Handle handle, Notice notice, boolean givenUp, Instant now) {
    handle
        .createUpdate("UPDATE outbox SET done_at = :now, given_up = :up WHERE number = :number")
        .bind("now", now.toEpochMilli())
        .bind("up", givenUp ? 1 : 0)
        .bind("number", notice.number())
        .execute();
  }

  /**
   * Gives up the oldest notices of receivers for which too many wait, a step of them.
   *
   * @param most the most that may wait for one receiver
   * @return how many were given up
   */
  static int giveUpBeyond(Handle handle, int most, Instant now) {
    return handle
        .createUpdate(
            "UPDATE outbox SET done_at = :now, given_up = 1 WHERE number IN (SELECT number FROM"
                + " (SELECT number, ROW_NUMBER() OVER (PARTITION BY target ORDER BY number DESC) AS"
                + " place FROM outbox WHERE done_at IS NULL AND target IN (SELECT target FROM"
                + " outbox WHERE done_at IS NULL GROUP BY target HAVING COUNT(*) > :most)) AS"
                + " ranked WHERE place > :most LIMIT :step)")
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .bind("step", Steps.MOST)
        .execute();
  }

  static void retry(Handle handle, Notice notice, Instant at) {
    handle
        .createUpdate("UPDATE outbox SET tries = tries + 1, next_at = :at WHERE number = :number")
        .bind("at", at.toEpochMilli())
        .bind("number", notice.number())
        .execute();
  }

  /** The number of notices that wait. */
  public static long waiting(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL")
        .mapTo(Long.class)
        .one();
  }

  /** The number of notices that nobody took, and that are still kept. */
  public static long givenUp(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM outbox WHERE given_up = 1")
        .mapTo(Long.class)
        .one();
  }

  /** The receivers for which notices wait or were given up, by name. */
  public static List<Backlog> backlogs(Handle handle) {
    return handle
        .createQuery(
            "SELECT target, SUM(CASE WHEN done_at IS NULL THEN 1 ELSE 0 END) AS waiting, MIN(CASE WHEN done_at IS NULL THEN"
                + " added_at END) AS oldest, SUM(given_up) AS given_up FROM outbox WHERE done_at IS"
                + " NULL OR given_up = 1 GROUP BY target ORDER BY target")
        .map((row, context) -> {
          long oldest = row.getLong("oldest");
          return new Backlog(
              row.getString("target"),
              row.getLong("waiting"),
              row.wasNull() ? null : Instant.ofEpochMilli(oldest),
              row.getLong("given_up"));
        })
        .list();
  }

  /**
   * Sends again what was given up.
   *
   * @param target the receiver; null for all of them
   * @return how many notices wait again
   */
  public static int sendAgain(Handle handle, @Nullable String target, Instant now) {
    String these = target == null ? "" : " AND target = :target";
    return handle
        .createUpdate(
            "UPDATE outbox SET done_at = NULL, given_up = 0, tries = 0, next_at = 0, added_at ="
                + " :now WHERE given_up = 1"
                + these)
        .bind("now", now.toEpochMilli())
        .bindMap(target == null ? Map.of() : Map.of("target", target))
        .execute();
  }
}
