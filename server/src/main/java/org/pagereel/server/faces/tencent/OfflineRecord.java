package org.pagereel.server.faces.tencent;

import java.time.Instant;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.replay.ReplayTask;
import org.pagereel.server.core.replay.Replays;
import org.pagereel.server.core.replay.Replays.Answer;
import org.pagereel.server.platform.config.TencentApp;
import org.pagereel.server.platform.http.Quote;
import org.pagereel.server.platform.http.SignedLinks;
import tools.jackson.databind.node.ObjectNode;

/** Creating and describing an after-class task (docs/vendors/tencent.md, "After-class tasks"). */
final class OfflineRecord {
  /**
   * Of the vendor's older API: the room's task is not finished (docs/vendors/tencent.md, "Failed
   * tasks").
   */
  private static final int UNFINISHED = 20010;

  private static final int LONGEST_ID = 1000;

  private final Replays replays;
  private final TaskIds ids = new TaskIds();

  OfflineRecord(Replays replays) {
    this.replays = replays;
  }

  /**
   * Creates a task.
   *
   * @throws TiwError the first parameter that is wrong; LimitExceeded.TaskConcurrency: the room has
   *     an unfinished task, or too many wait
   */
  ObjectNode create(TencentApp app, Fields body) {
    OfflineRequest request = OfflineRequest.of(body, app.replayPage());
    Replays.Order order =
        new Replays.Order(
            ids.next(),
            TencentFace.NAME,
            String.valueOf(app.sdkAppId()),
            String.valueOf(request.roomId()),
            request.groupId(),
            request.replay());
    return switch (replays.order(order)) {
      case Answer.Taken(ReplayTask task) -> Json.LINES.createObjectNode().put("TaskId", task.id());
      case Answer.Unfinished(ReplayTask other) ->
          throw TiwCode.TASK_CONCURRENCY.error(
              "code: %d, msg: the room %d has the task %s, which is not finished"
                  .formatted(UNFINISHED, request.roomId(), other.id()));
      case Answer.Full(int most) ->
          throw TiwCode.TASK_CONCURRENCY.error(
              most
                  + " tasks are waiting already, which is the most allowed (recordings.queue); try"
                  + " again later");
    };
  }

  /**
   * Tells everything about a task.
   *
   * @throws TiwError FailedOperation.Record: it failed
   */
  ObjectNode describe(TencentApp app, Fields body, SignedLinks links, Instant now) {
    body.number("SdkAppId"); // known already
    String id = body.requiredText("TaskId", LONGEST_ID);
    body.nothingElse();
    ReplayTask task =
        replays
            .find(id)
            .filter(found -> found.face().equals(TencentFace.NAME))
            .filter(found -> found.scope().equals(String.valueOf(app.sdkAppId())))
            .orElseThrow(() -> TiwCode.TASK_NOT_FOUND.error("There is no task " + Quote.of(id)));
    if (task.failure() != null) {
      throw OfflineResult.error(task.failure());
    }
    ObjectNode described = Json.LINES.createObjectNode();
    described.put("TaskId", task.id());
    described.put("Status", task.state().name());
    described.put("Progress", task.progress());
    new OfflineResult(links).addTo(described, task, now);
    return described;
  }
}
