package org.pagereel.server.faces.classes;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.faces.im.MessageRetention;

/** The tables of classes beside their messages; rows are deleted together with those. */
public final class ClassTables {
  static final int START = 1;
  static final int END = 100;

  /** To be called when a group's messages are deleted. */
  public static final MessageRetention.Also ALSO = ClassTables::forget;

  private static final Map<String, String> KEYS =
      Map.of(
          "class_callbacks", "group_number, event, stream",
          "class_videos", "group_number, video_id",
          "class_uploads", "id");

  private ClassTables() {}

  /**
   * Notes a callback.
   *
   * @param stream of the live recording
   * @param fileId null if there is none
   * @return false if it was here before: this file, or this stream with this start
   */
  static boolean note(
      Handle handle,
      long group,
      int event,
      String stream,
      BigDecimal start,
      @Nullable String fileId,
      Instant now) {
    return handle
            .createUpdate(
                "INSERT INTO class_callbacks (group_number, event, stream, file_id, at) VALUES"
                    + " (:group, :event, :stream, :file, :at) ON CONFLICT DO NOTHING")
            .bind("group", group)
            .bind("event", event)
            .bind("stream", stream + "@" + UnixTime.millis(start))
            .bind("file", fileId)
            .bind("at", now.toEpochMilli())
            .execute()
        == 1;
  }

  /** The number of the message that told of the video. */
  static Optional<Long> message(Handle handle, long group, String videoId) {
    return handle
        .createQuery(
            "SELECT msg_seq FROM class_videos WHERE group_number = :group AND video_id = :id")
        .bind("group", group)
        .bind("id", videoId)
        .mapTo(Long.class)
        .findOne();
  }

  static void add(Handle handle, long group, long seq, String videoId, String value) {
    handle
        .createUpdate(
            "INSERT INTO class_videos (group_number, msg_seq, video_id, value) VALUES (:group,"
                + " :seq, :id, :value)")
        .bind("group", group)
        .bind("seq", seq)
        .bind("id", videoId)
        .bind("value", value)
        .execute();
  }

  static void addUpload(Handle handle, long group, String id, long bytes, Instant now) {
    handle
        .createUpdate(
            "INSERT INTO class_uploads (id, group_number, bytes, at) VALUES (:id, :group, :bytes,"
                + " :at)")
        .bind("id", id)
        .bind("group", group)
        .bind("bytes", bytes)
        .bind("at", now.toEpochMilli())
        .execute();
  }

  /** The group that a file was uploaded for. */
  static Optional<Long> groupOfUpload(Handle handle, String id) {
    return handle
        .createQuery("SELECT group_number FROM class_uploads WHERE id = :id")
        .bind("id", id)
        .mapTo(Long.class)
        .findOne();
  }

  static ClassState state(Handle handle, long group) {
    return new ClassState(
        count(handle, group, START),
        count(handle, group, END),
        handle
            .createQuery(
                "SELECT value FROM class_videos WHERE group_number = :group ORDER BY msg_seq")
            .bind("group", group)
            .mapTo(String.class)
            .list());
  }

  private static long count(Handle handle, long group, int event) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM class_callbacks WHERE group_number = :group AND event = :event")
        .bind("group", group)
        .bind("event", event)
        .mapTo(Long.class)
        .one();
  }

  private static int forget(Handle handle, long group, int most) {
    int deleted = 0;
    for (Map.Entry<String, String> table : KEYS.entrySet()) {
      String key = table.getValue();
      deleted +=
          handle
              .createUpdate(
                  "DELETE FROM %s WHERE (%s) IN (SELECT %s FROM %s WHERE group_number = :group LIMIT :most)"
                      .formatted(table.getKey(), key, key, table.getKey()))
              .bind("group", group)
              .bind("most", most)
              .execute();
    }
    return deleted;
  }
}
