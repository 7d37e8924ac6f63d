package org.pagereel.server.im;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.pagereel.server.config.Settings;
import org.pagereel.server.config.TencentApp;
import org.pagereel.server.store.Tidy;

/**
 * Removes the messages of groups whose time is over: so long after the group was destroyed, or
 * after its last message while it lives. A living group stays, and counts on.
 */
public final class MessageRetention implements Tidy {
  private final Settings settings;

  public MessageRetention(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void clean(Handle handle, Instant now) {
    GroupMessages.deleteUnkept(handle, now);
    for (Group group : Groups.all(handle)) {
      Instant end = group.destroyedAt() == null ? group.lastAt() : group.destroyedAt();
      if (!now.isBefore(end.plus(kept(group.sdkAppId())))) {
        GroupMessages.delete(handle, group);
        if (group.destroyedAt() != null) {
          Groups.delete(handle, group);
        }
      }
    }
  }

  /** An app that is not in the settings any more does not keep its messages for ever. */
  private Duration kept(long sdkAppId) {
    Duration kept = settings.tencentApp(sdkAppId).map(TencentApp::messages).orElse(null);
    return kept == null ? TencentApp.DEFAULT_MESSAGES : kept;
  }
}
