package org.pagereel.server.faces.im;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.TencentAccount;
import org.pagereel.server.platform.config.TencentApp;
import org.pagereel.server.platform.store.Steps;
import org.pagereel.server.platform.store.Tidy;

/**
 * Removes the messages of groups whose time is over: so long after the group was destroyed, or
 * after its last message while it lives. A living group stays, and counts on.
 */
public final class MessageRetention implements Tidy {
  /** Removes what others keep of a group, after its messages. */
  public interface Also {
    /**
     * Removes some of it.
     *
     * @param most the largest number of rows of a table
     * @return how many it were; less than most is the end
     */
    int delete(Handle handle, long groupNumber, int most);
  }

  private final Settings settings;
  private final Also also;

  public MessageRetention(Settings settings) {
    this(settings, (handle, number, most) -> 0);
  }

  public MessageRetention(Settings settings, Also also) {
    this.settings = settings;
    this.also = also;
  }

  @Override
  public void clean(Jdbi jdbi, Instant now) {
    Steps.repeat(jdbi, handle -> GroupMessages.deleteUnkept(handle, now, Steps.MOST));
    Instant time = now.minus(shortestKept());
    for (Group group : jdbi.withHandle(handle -> Groups.quietSince(handle, time))) {
      // Looks again: in the meantime somebody may have sent something.
      jdbi.withHandle(handle -> Groups.byNumber(handle, group.number()))
          .filter(found -> isOver(found, now))
          .ifPresent(found -> clean(jdbi, found));
    }
  }

  /** Deletes up to a number: messages that come meanwhile have a larger one, and stay. */
  private void clean(Jdbi jdbi, Group group) {
    Steps.repeat(jdbi, handle -> GroupMessages.delete(handle, group, Steps.MOST));
    Steps.repeat(
        jdbi,
        handle -> isQuiet(handle, group) ? also.delete(handle, group.number(), Steps.MOST) : 0);
    jdbi.useTransaction(handle -> {
      if (group.destroyedAt() == null) {
        Groups.forget(handle, group);
      } else {
        Groups.delete(handle, group);
      }
    });
  }

  private static boolean isQuiet(Handle handle, Group group) {
    return Groups.byNumber(handle, group.number())
        .filter(found -> found.lastSeq() == group.lastSeq())
        .isPresent();
  }

  private boolean isOver(Group group, Instant now) {
    Instant end = group.destroyedAt() == null ? group.lastAt() : group.destroyedAt();
    return !now.isBefore(end.plus(kept(group.sdkAppId())));
  }

  /** An app that is not in the settings any more does not keep its messages for ever. */
  private Duration kept(long sdkAppId) {
    return settings
        .tencentApp(sdkAppId)
        .map(TencentApp::messages)
        .orElse(TencentApp.DEFAULT_MESSAGES);
  }

  private Duration shortestKept() {
    return settings.tencent().stream()
        .map(TencentAccount::apps)
        .flatMap(List::stream)
        .map(app -> kept(app.sdkAppId()))
        .min(Comparator.naturalOrder())
        .filter(shortest -> shortest.compareTo(TencentApp.DEFAULT_MESSAGES) < 0)
        .orElse(TencentApp.DEFAULT_MESSAGES);
  }
}
