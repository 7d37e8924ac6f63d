package org.pagereel.server.faces.agora;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.core.files.KeptFiles;
import org.pagereel.server.core.files.Retention;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.store.OldRows;
import org.pagereel.server.platform.store.Tidy;

/**
 * Recordings' files are kept for ever, or for the app's {@code keep} after their end where the
 * settings say so, and never deleted before they are complete.
 */
public final class KeptRecordings implements KeptFiles {
  private final Settings settings;

  public KeptRecordings(Settings settings) {
    this.settings = settings;
  }

  /** What a recording was is known for some time after its files were deleted. */
  static Tidy tidy() {
    return new OldRows(
        Retention.KNOWN_AFTERWARDS,
        "DELETE FROM recordings WHERE id IN (SELECT id FROM recordings WHERE files_deleted_at <"
            + " :before AND face = '"
            + AgoraFace.NAME
            + "' LIMIT :most)");
  }

  @Override
  public List<String> due(Handle handle, Instant now) {
    List<String> due = new ArrayList<>();
    for (Settings.App app : settings.apps()) {
      Duration keep = app.keep();
      if (keep != null) {
        due.addAll(endedBefore(handle, app.id(), now.minus(keep)));
      }
    }
    return due;
  }

  private static List<String> endedBefore(Handle handle, String app, Instant time) {
    return handle
        .createQuery(
            "SELECT id FROM recordings WHERE face = :face AND scope = :app AND ended_at <= :time"
                + " AND files_deleted_at IS NULL AND state IN ('FINISHED', 'FAILED') ORDER BY"
                + " ended_at")
        .bind("face", AgoraFace.NAME)
        .bind("app", app)
        .bind("time", time.toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  @Override
  public void deleted(Handle handle, String id, Instant now) {
    handle
        .createUpdate("UPDATE recordings SET files_deleted_at = :now WHERE id = :id")
        .bind("now", now.toEpochMilli())
        .bind("id", id)
        .execute();
  }

  @Override
  public boolean isDeleted(Handle handle, String id) {
    return handle
        .createQuery(
            "SELECT 1 FROM recordings WHERE id = :id AND face = :face AND files_deleted_at IS NOT"
                + " NULL")
        .bind("id", id)
        .bind("face", AgoraFace.NAME)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}
