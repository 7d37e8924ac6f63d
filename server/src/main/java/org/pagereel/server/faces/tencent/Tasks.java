package org.pagereel.server.faces.tencent;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.core.recording.Recording;

/** The table of tasks: what has been announced of each, and since when its files are kept. */
final class Tasks {
  private Tasks() {}

  /** A task whose files are still there. */
  record Kept(String id, long sdkAppId, Instant endedAt) {}

  /** The milestone that was announced last; a new task has a row afterwards. */
  static Milestone announced(Handle handle, Recording recording) {
    handle
        .createUpdate(
            "INSERT INTO tencent_tasks (id, sdk_app_id, announced) VALUES (:id, :app, 'NONE')"
                + " ON CONFLICT DO NOTHING")
        .bind("id", recording.id())
        .bind("app", Long.parseLong(recording.scope()))
        .execute();
    return handle
        .createQuery("SELECT announced FROM tencent_tasks WHERE id = :id")
        .bind("id", recording.id())
        .mapTo(String.class)
        .map(Milestone::valueOf)
        .one();
  }

  static void announced(Handle handle, String id, Milestone milestone) {
    handle
        .createUpdate("UPDATE tencent_tasks SET announced = :milestone WHERE id = :id")
        .bind("milestone", milestone.name())
        .bind("id", id)
        .execute();
  }

  /** Its files are complete; they are kept from now on. */
  static void ended(Handle handle, String id, Instant now) {
    handle
        .createUpdate("UPDATE tencent_tasks SET ended_at = :now WHERE id = :id")
        .bind("now", now.toEpochMilli())
        .bind("id", id)
        .execute();
  }

  /** Keeps an after-class task, whose result the core has, for as long as its files are kept. */
  static void keep(Handle handle, String id, long sdkAppId, Instant now) {
    handle
        .createUpdate(
            "INSERT INTO tencent_tasks (id, sdk_app_id, announced, ended_at) VALUES (:id, :app,"
                + " 'FINISHED', :now)")
        .bind("id", id)
        .bind("app", sdkAppId)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Those that ended and still have their files, oldest first. */
  static List<Kept> kept(Handle handle) {
    return handle
        .createQuery(
            "SELECT id, sdk_app_id, ended_at FROM tencent_tasks WHERE ended_at IS NOT NULL AND"
                + " deleted_at IS NULL ORDER BY ended_at")
        .map((row, context) ->
            new Kept(
                row.getString("id"),
                row.getLong("sdk_app_id"),
                Instant.ofEpochMilli(row.getLong("ended_at"))))
        .list();
  }

  static void deleted(Handle handle, String id, Instant now) {
    handle
        .createUpdate("UPDATE tencent_tasks SET deleted_at = :now WHERE id = :id")
        .bind("now", now.toEpochMilli())
        .bind("id", id)
        .execute();
  }

  /** The time at which its files were deleted; null while they exist, and for an unknown task. */
  static @Nullable Instant deletedAt(Handle handle, String id) {
    return handle
        .createQuery(
            "SELECT deleted_at FROM tencent_tasks WHERE id = :id AND deleted_at IS NOT NULL")
        .bind("id", id)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli)
        .orElse(null);
  }

  /**
   * Forgets tasks whose files were deleted before a time.
   *
   * @return how many; fewer than {@code most} is the end
   */
  static int forget(Handle handle, Instant before, int most) {
    List<String> ids =
        handle
            .createQuery("SELECT id FROM tencent_tasks WHERE deleted_at < :before LIMIT :most")
            .bind("before", before.toEpochMilli())
            .bind("most", most)
            .mapTo(String.class)
            .list();
    // The core's row of a task is in one of the two tables.
    for (String table : List.of("recordings", "replay_tasks", "tencent_tasks")) {
      if (!ids.isEmpty()) {
        handle
            .createUpdate("DELETE FROM " + table + " WHERE id IN (<ids>)")
            .bindList("ids", ids)
            .execute();
      }
    }
    return ids.size();
  }
}
