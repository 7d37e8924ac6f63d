package org.pagereel.server.platform.outbox;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of notices that must arrive. */
public final class Outbox {
  /**
   * One notice.
   *
   * @param lane notices of one lane arrive in order
   * @param target the receiver; its address and secret are looked up when the notice is sent
   */
  record Notice(long number, String lane, String target, String body, int tries) {}

  private Outbox() {}

  /** Adds a notice within the transaction that made it true. */
  public static void add(Handle handle, String id, String lane, String target, String body) {
    handle
        .createUpdate(
            "INSERT INTO outbox (id, lane, target, body, tries, next_at) VALUES (:id, :lane,"
                + " :target, :body, 0, 0)")
        .bind("id", id)
        .bind("lane", lane)
        .bind("target", target)
        .bind("body", body)
        .execute();
  }

  /** The first waiting notice of each lane, if its time has come. */
  static List<Notice> due(Handle handle, Instant now) {
    return handle
        .createQuery(
            "SELECT number, lane, target, body, tries FROM outbox WHERE done_at IS NULL AND next_at"
                + " <= :now AND number IN (SELECT MIN(number) FROM outbox WHERE done_at IS NULL"
                + " GROUP BY lane) ORDER BY number LIMIT 50")
        .bind("now", now.toEpochMilli())
        .map((row, context) ->
            new Notice(
                row.getLong("number"),
                row.getString("lane"),
                row.getString("target"),
                row.getString("body"),
                row.getInt("tries")))
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
    handle
        .createUpdate("UPDATE outbox SET done_at = :now WHERE number = :number")
        .bind("now", now.toEpochMilli())
        .bind("number", notice.number())
        .execute();
  }

  static void retry(Handle handle, Notice notice, Instant at) {
    handle
        .createUpdate("UPDATE outbox SET tries = tries + 1, next_at = :at WHERE number = :number")
        .bind("at", at.toEpochMilli())
        .bind("number", notice.number())
        .execute();
  }
}
