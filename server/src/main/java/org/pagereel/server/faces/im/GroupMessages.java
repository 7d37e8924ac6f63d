package org.pagereel.server.faces.im;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of messages. */
final class GroupMessages {
  /**
   * So long the same Random and body of the same sender is the same message
   * (docs/vendors/tencent.md, "Sending messages").
   */
  static final Duration SAME_WITHIN = Duration.ofMinutes(5);

  private static final String SELECT =
      "SELECT seq, sender, random, at, priority, body, cloud_data FROM im_messages WHERE"
          + " group_number = :group AND body IS NOT NULL ";

  private GroupMessages() {}

  /** Sends a message, or finds the one that it is a repetition of; in a transaction. */
  static Sent send(Handle handle, Group group, NewMessage message, Instant now) {
    return same(handle, group, message, now).orElseGet(() -> append(handle, group, message, now));
  }

  /** Whether it would be taken for the repetition of one that was sent. */
  static boolean isThere(Handle handle, Group group, NewMessage message, Instant now) {
    return same(handle, group, message, now).isPresent();
  }

  private static Optional<Sent> same(Handle handle, Group group, NewMessage message, Instant now) {
    return handle
        .createQuery(
            "SELECT seq, at FROM im_messages WHERE group_number = :group AND sender = :sender AND"
                + " random = :random AND at > :after AND (digest IS NULL OR digest = :digest)"
                + " ORDER BY seq DESC LIMIT 1")
        .bind("group", group.number())
        .bind("sender", message.sender())
        .bind("random", message.random())
        .bind("after", now.minus(SAME_WITHIN).toEpochMilli())
        .bind("digest", message.digest())
        .map(
            (row, context) -> new Sent(row.getLong("seq"), Instant.ofEpochMilli(row.getLong("at"))))
        .findOne();
  }

  private static Sent append(Handle handle, Group group, NewMessage message, Instant now) {
    long seq = Groups.nextSeq(handle, group, now);
    boolean isKept = message.isKept() && group.type().keepsMessages();
    handle
        .createUpdate(
            "INSERT INTO im_messages (group_number, seq, sender, random, at, priority, body,"
                + " cloud_data, digest) VALUES (:group, :seq, :sender, :random, :at, :priority,"
                + " :body, :cloud, :digest)")
        .bind("group", group.number())
        .bind("seq", seq)
        .bind("sender", message.sender())
        .bind("random", message.random())
        .bind("at", now.toEpochMilli())
        .bind("priority", message.priority())
        .bind("body", isKept ? message.body() : null)
        .bind("cloud", isKept ? message.cloudData() : null)
        .bind("digest", message.digest())
        .execute();
    return new Sent(seq, now);
  }

  /** The kept ones with these numbers, both included, newest first. */
  static List<GroupMessage> between(Handle handle, Group group, long from, long to) {
    return handle
        .createQuery(SELECT + "AND seq BETWEEN :from AND :to ORDER BY seq DESC")
        .bind("group", group.number())
        .bind("from", from)
        .bind("to", to)
        .map((row, context) -> message(row))
        .list();
  }

  /** The kept ones with larger numbers, oldest first. */
  static List<GroupMessage> after(Handle handle, Group group, long seq, int most) {
    return handle
        .createQuery(SELECT + "AND seq > :seq ORDER BY seq LIMIT :most")
        .bind("group", group.number())
        .bind("seq", seq)
        .bind("most", most)
        .map((row, context) -> message(row))
        .list();
  }

  private static GroupMessage message(ResultSet row) throws SQLException {
    return new GroupMessage(
        row.getLong("seq"),
        row.getString("sender"),
        row.getLong("random"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("priority"),
        row.getString("body"),
        row.getString("cloud_data"));
  }

  /**
   * Removes the oldest ones, up to the last one that the group had when it was read.
   *
   * @param most the largest number
   * @return how many it were
   */
  static int delete(Handle handle, Group group, int most) {
    return handle
        .createUpdate(
            "DELETE FROM im_messages WHERE group_number = :group AND seq IN (SELECT seq FROM"
                + " im_messages WHERE group_number = :group AND seq <= :last ORDER BY seq LIMIT"
                + " :most)")
        .bind("group", group.number())
        .bind("last", group.lastSeq())
        .bind("most", most)
        .execute();
  }

  /**
   * Removes such as were not to be kept and cannot be repeated any more.
   *
   * @param most the largest number
   * @return how many it were
   */
  static int deleteUnkept(Handle handle, Instant now, int most) {
    return handle
        .createUpdate(
            "DELETE FROM im_messages WHERE (group_number, seq) IN (SELECT group_number, seq FROM"
                + " im_messages WHERE body IS NULL AND at <= :before LIMIT :most)")
        .bind("before", now.minus(SAME_WITHIN).toEpochMilli())
        .bind("most", most)
        .execute();
  }
}
