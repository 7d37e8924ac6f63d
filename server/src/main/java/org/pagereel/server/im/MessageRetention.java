package org.pagereel.server.im;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.config.Settings;
import org.pagereel.server.config.TencentApp;
import org.pagereel.server.store.Tidy;

/**
 * Removes the messages of groups whose time is over: so long after the group was destroyed, or
 * after its last message while it lives. A living group stays, and counts on.
 */
public final class MessageRetention implements Tidy {
  /** Removes what others keep of a group, in the same transaction as its messages. */
  public interface Also {
    void delete(Handle handle, long groupNumber);
  }

  private final Settings settings;
  private final Also also;

  public MessageRetention(Settings settings) {
    this(settings, (handle, number) -> {});
  }

  public MessageRetention(Settings settings, Also also) {
    this.settings = settings;
    this.also = also;
  }

  @Override
  public void clean(Jdbi jdbi, Instant now) {
    jdbi.useHandle(handle -> GroupMessages.deleteUnkept(handle, now));
    for (Group group : jdbi.withHandle(Groups::withSomething)) {
      if (isOver(group, now)) {
        jdbi.useTransaction(handle -> clean(handle, group.number(), now));
      }
    }
  }

  /** Looks again: in the meantime somebody may have sent something. */
  private void clean(Handle handle, long number, Instant now) {
    Groups.byNumber(handle, number)
        .filter(group -> isOver(group, now))
        .ifPresent(group -> {
          GroupMessages.delete(handle, group);
          also.delete(handle, number);
          if (group.destroyedAt() != null) {
            Groups.delete(handle, group);
          }
        });
  }

  private boolean isOver(Group group, Instant now) {
    Instant end = group.destroyedAt() == null ? group.lastAt() : group.destroyedAt();
    return !now.isBefore(end.plus(kept(group.sdkAppId())));
  }

  /** An app that is not in the settings any more does not keep its messages for ever. */
  private Duration kept(long sdkAppId) {
    Duration kept = settings.tencentApp(sdkAppId).map(TencentApp::messages).orElse(null);
    return kept == null ? TencentApp.DEFAULT_MESSAGES : kept;
  }
}
