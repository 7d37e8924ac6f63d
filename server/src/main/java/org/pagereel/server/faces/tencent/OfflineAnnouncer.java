package org.pagereel.server.faces.tencent;

import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.replay.ReplayAnnouncer;
import org.pagereel.server.core.replay.ReplayFailure;
import org.pagereel.server.core.replay.ReplayTask;
import org.pagereel.server.platform.http.SignedLinks;
import tools.jackson.databind.node.ObjectNode;

/**
 * Queues after-class tasks' events in the transaction that makes them true
 * (docs/vendors/tencent.md, "After-class events"): one at each further whole tenth of the work, and
 * one at the end.
 */
public final class OfflineAnnouncer implements ReplayAnnouncer {
  private static final int STEP = 10;

  private final OfflineResult result;
  private final InstantSource clock;

  public OfflineAnnouncer(SignedLinks links, InstantSource clock) {
    this.clock = clock;
    this.result = new OfflineResult(links);
  }

  @Override
  public void changed(Handle handle, ReplayTask before, ReplayTask task) {
    Instant now = clock.instant();
    // Each tenth by itself: a short class has few parts, and its progress jumps.
    for (int step = before.progress() / STEP + 1; step <= task.progress() / STEP; step++) {
      ObjectNode data = names(task);
      data.put("Progress", step * STEP);
      add(handle, task, "OfflineRecordProgressChanged", data, now);
    }
    if (task.state().isEnded() && !before.state().isEnded()) {
      Tasks.keep(handle, task.id(), Long.parseLong(task.scope()), now);
      add(handle, task, "OfflineRecordFinished", finished(task, now), now);
    }
  }

  /** {@code Progress} is always 100 here. */
  private ObjectNode finished(ReplayTask task, Instant now) {
    ObjectNode data = names(task);
    data.put("GroupId", task.subject());
    data.put("Progress", 100);
    OfflineResult.addTimesTo(data, task);
    result.addVideosTo(data.putArray("VideoInfos"), task, now);
    ReplayFailure failure = task.failure();
    if (failure != null) {
      TiwError error = OfflineResult.error(failure);
      data.putObject("Error").put("Code", error.code().text()).put("Message", error.message());
    }
    return data;
  }

  private static ObjectNode names(ReplayTask task) {
    ObjectNode names = Json.LINES.createObjectNode();
    names.put("TaskId", task.id());
    names.put("RoomId", Long.parseLong(task.room()));
    return names;
  }

  private static void add(
      Handle handle, ReplayTask task, String type, ObjectNode data, Instant now) {
    long sdkAppId = Long.parseLong(task.scope());
    if (!Callbacks.offline(handle, sdkAppId).url().isEmpty()) {
      String target = CallbackTargets.offlineName(sdkAppId);
      TaskEvents.add(handle, task.id(), sdkAppId, target, type, data, now);
    }
  }
}
