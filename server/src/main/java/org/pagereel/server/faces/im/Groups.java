package org.pagereel.server.faces.im;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.platform.store.RowLocks;
import org.pagereel.server.platform.store.Times;

/** The table of groups. */
final class Groups {
  private static final String SELECT =
      "SELECT number, sdk_app_id, group_id, type, last_seq, last_at, destroyed_at FROM im_groups ";

  private Groups() {}

  /**
   * Makes a group.
   *
   * @param owner a user; empty for nobody
   * @return false if a living one has this id
   */
  static boolean create(
      Handle handle, long app, String id, GroupType type, String name, String owner, Instant now) {
    return handle
            .createUpdate(
                "INSERT INTO im_groups (sdk_app_id, group_id, type, name, owner, last_seq,"
                    + " created_at, last_at) VALUES (:app, :id, :type, :name, :owner, 0, :now,"
                    + " :now) ON CONFLICT DO NOTHING")
            .bind("app", app)
            .bind("id", id)
            .bind("type", type.name())
            .bind("name", name)
            .bind("owner", owner)
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }

  static Optional<Group> living(Handle handle, long app, String id) {
    return newest(handle, app, id).filter(group -> group.destroyedAt() == null);
  }

  /** The last one that had this id, dissolved or not. */
  static Optional<Group> newest(Handle handle, long app, String id) {
    return handle
        .createQuery(
            SELECT
                + "WHERE sdk_app_id = :app AND group_id = :id ORDER BY number DESC LIMIT 1"
                + RowLocks.all(handle))
        .bind("app", app)
        .bind("id", id)
        .map((row, context) -> group(row))
        .findOne();
  }

  /** Those that were dissolved, or had their last message, at this time or before. */
  static List<Group> quietSince(Handle handle, Instant time) {
    return handle
        .createQuery(
            SELECT
                + "WHERE destroyed_at IS NOT NULL AND destroyed_at <= :time UNION ALL "
                + SELECT
                + "WHERE destroyed_at IS NULL AND last_seq > forgotten_seq AND last_at <= :time")
        .bind("time", time.toEpochMilli())
        .map((row, context) -> group(row))
        .list();
  }

  /** The messages that it had when it was read are deleted. */
  static void forget(Handle handle, Group group) {
    handle
        .createUpdate("UPDATE im_groups SET forgotten_seq = :seq WHERE number = :number")
        .bind("number", group.number())
        .bind("seq", group.lastSeq())
        .execute();
  }

  static Optional<Group> byNumber(Handle handle, long number) {
    return handle
        .createQuery(SELECT + "WHERE number = :number" + RowLocks.all(handle))
        .bind("number", number)
        .map((row, context) -> group(row))
        .findOne();
  }

  /** The number of the group's next message: no number is used twice, and none is left out. */
  static long nextSeq(Handle handle, Group group, Instant now) {
    return handle
        .createQuery(
            "UPDATE im_groups SET last_seq = last_seq + 1, last_at = :now WHERE number = :number"
                + " RETURNING last_seq")
        .bind("number", group.number())
        .bind("now", now.toEpochMilli())
        .mapTo(Long.class)
        .one();
  }

  static void destroy(Handle handle, Group group, Instant now) {
    handle
        .createUpdate("UPDATE im_groups SET destroyed_at = :now WHERE number = :number")
        .bind("number", group.number())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static void delete(Handle handle, Group group) {
    handle
        .createUpdate("DELETE FROM im_groups WHERE number = :number")
        .bind("number", group.number())
        .execute();
  }

  private static Group group(ResultSet row) throws SQLException {
    return new Group(
        row.getLong("number"),
        row.getLong("sdk_app_id"),
        row.getString("group_id"),
        GroupType.valueOf(row.getString("type")),
        row.getLong("last_seq"),
        Instant.ofEpochMilli(row.getLong("last_at")),
        Times.instant(row, "destroyed_at"));
  }
}
