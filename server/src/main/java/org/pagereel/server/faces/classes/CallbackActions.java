package org.pagereel.server.faces.classes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.im.Body;
import org.pagereel.server.faces.im.Callers;
import org.pagereel.server.faces.im.Group;
import org.pagereel.server.faces.im.GroupPost;
import org.pagereel.server.faces.im.ImAnswer;
import org.pagereel.server.faces.im.ImError;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.TencentAccount;
import org.pagereel.server.platform.config.TencentApp;
import org.pagereel.server.platform.store.GroupCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes the callbacks of the live recording (docs/vendors/tencent.md, "Live recording"). */
final class CallbackActions {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackActions.class);

  private final Settings settings;
  private final GroupCommit commits;
  private final Callers callers;
  private final ClassPost post;

  CallbackActions(Settings settings, GroupCommit commits, Callers callers, ClassPost post) {
    this.settings = settings;
    this.commits = commits;
    this.callers = callers;
    this.post = post;
  }

  /** Answers {@code {"code":0}}; anything else makes the vendor call again. */
  ObjectNode take(Map<String, String> query, Body body, Instant now) {
    try {
      take(new VideoCallback(query, body), now);
      return Json.LINES.createObjectNode().put("code", 0);
    } catch (ImError e) {
      // The one who could put it right does not see the answer.
      LOG.warn("A video callback was refused: {}", e.message());
      return ImAnswer.error(e).put("code", e.code().number());
    }
  }

  private void take(VideoCallback callback, Instant now) {
    TencentApp app = trusted(callback, now);
    int event = callback.event();
    if (event == ClassTables.START || event == ClassTables.END) {
      var _ = commits.write(handle -> note(handle, app, callback, event, now));
    }
  }

  /** The app, if the callback is signed with its key; without a key one of its admins must call. */
  private TencentApp trusted(VideoCallback callback, Instant now) {
    String number = callback.app();
    TencentApp app = callers.app(number.isEmpty() ? onlyApp() : number);
    String key = app.callbackKey();
    if (key == null) {
      return callers.of(callback.query(), now).app();
    }
    callback.checkSign(key, now);
    return app;
  }

  /** A stream with a name of its own does not say whose it is, which matters to nobody here. */
  private String onlyApp() {
    List<TencentApp> apps =
        settings.tencent().stream()
            .map(TencentAccount::apps)
            .flatMap(list -> list == null ? null : list.stream())
            .toList();
    return apps.size() == 1 ? String.valueOf(apps.getFirst().sdkAppId()) : "";
  }

  /** False if it was here before. */
  private boolean note(
      Handle handle, TencentApp app, VideoCallback callback, int event, Instant now) {
    StreamOwner whose =
        callback.whose(id -> GroupPost.find(handle, app.sdkAppId(), id).isPresent());
    Group group = GroupPost.newest(handle, app.sdkAppId(), whose.group());
    boolean isNew =
        ClassTables.note(
            handle,
            group.number(),
            event,
            callback.streamOf(whose),
            callback.start(),
            callback.fileId(),
            now);
    if (isNew && event == ClassTables.END) {
      post.video(handle, group, sender(app), callback.video(whose), now);
    }
    return isNew;
  }

  private static String sender(TencentApp app) {
    List<String> admins = app.admins();
    return admins == null || admins.isEmpty() ? Callers.NOBODY : admins.getFirst();
  }
}
