package org.pagereel.server.faces.tencent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.core.files.KeptFiles;
import org.pagereel.server.core.files.Retention;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.TencentApp;
import org.pagereel.server.platform.store.Steps;
import org.pagereel.server.platform.store.Tidy;

/** Tasks' files are kept for the app's {@code keep} after all of them were complete. */
public final class KeptTasks implements KeptFiles {
  private final Settings settings;

  public KeptTasks(Settings settings) {
    this.settings = settings;
  }

  /** What a task was is known for some time after its files were deleted. */
  static Tidy tidy() {
    return (jdbi, now) ->
        Steps.repeat(
            jdbi,
            handle -> Tasks.forget(handle, now.minus(Retention.KNOWN_AFTERWARDS), Steps.MOST));
  }

  @Override
  public List<String> due(Handle handle, Instant now) {
    return Tasks.kept(handle).stream()
        .filter(task -> !now.isBefore(task.endedAt().plus(keep(task.sdkAppId()))))
        .map(Tasks.Kept::id)
        .toList();
  }

  @Override
  public void deleted(Handle handle, String id, Instant now) {
    Tasks.deleted(handle, id, now);
  }

  @Override
  public boolean isDeleted(Handle handle, String id) {
    return Tasks.deletedAt(handle, id) != null;
  }

  /** An app that is not in the settings any more does not keep its files for ever. */
  private Duration keep(long sdkAppId) {
    return settings.tencentApp(sdkAppId).map(TencentApp::keep).orElse(TencentApp.DEFAULT_KEEP);
  }
}
