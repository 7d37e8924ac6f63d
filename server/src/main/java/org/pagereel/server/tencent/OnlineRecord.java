package org.pagereel.server.tencent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.config.TencentApp;
import org.pagereel.server.network.PageCheck;
import org.pagereel.server.recording.Desired;
import org.pagereel.server.recording.QueueFull;
import org.pagereel.server.recording.Recording;
import org.pagereel.server.recording.RecordingSpec;
import org.pagereel.server.recording.RecordingStore;
import org.pagereel.server.recording.Recordings;
import tools.jackson.databind.node.ObjectNode;

/** Starting, pausing, resuming, stopping and describing a task (reference 1.1 to 1.3, 1.7). */
final class OnlineRecord {
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(90);
  private static final int FPS = 15;
  private static final int BITRATE_KBPS = 1000;
  private static final int SOUND_KBPS = 128;
  private static final int LONGEST_ID = 1000;

  private final Jdbi jdbi;
  private final Recordings recordings;
  private final PageCheck pages;
  private final RecordingPage page;
  private final TaskResult result;
  private final TaskIds ids = new TaskIds();

  OnlineRecord(
      Jdbi jdbi, Recordings recordings, PageCheck pages, RecordingPage page, TaskResult result) {
    this.jdbi = jdbi;
    this.recordings = recordings;
    this.pages = pages;
    this.page = page;
    this.result = result;
  }

  /**
   * Starts a task.
   *
   * @throws TiwError the first parameter that is wrong; ResourceInUse.RecordUserId;
   *     LimitExceeded.TaskConcurrency
   */
  ObjectNode start(TencentApp app, Fields body, Instant now) {
    StartRequest request = StartRequest.of(body);
    String key = app.key();
    if (key != null) {
      UserSig.verify(request.recordUserSig(), app.sdkAppId(), request.recordUserId(), key, now);
    }
    String address = page.address(app, request);
    String filler = request.streams().filler();
    try {
      if (filler != null) {
        pages.require("Concat.Image", filler);
      }
      pages.require("The app's page", address);
      Recording started =
          recordings
              .start(order(app, request, address))
              .orElseThrow(() ->
                  TiwCode.RECORD_USER_IN_USE.error(
                      request.recordUserId() + " is the user of a running task"));
      return Json.LINES.createObjectNode().put("TaskId", started.id());
    } catch (QueueFull e) {
      throw TiwCode.TASK_CONCURRENCY.error(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw TiwCode.RECORD_PARAMETER.error(String.valueOf(e.getMessage()));
    }
  }

  /** Pauses a task that records. */
  ObjectNode pause(TencentApp app, Fields body) {
    Recording task = running(app, body);
    if (TaskStatus.of(task) != TaskStatus.RECORDING || task.desired() != Desired.RUN) {
      throw wrongStatus(task, "paused");
    }
    return want(task, Desired.HOLD);
  }

  /** Goes on with a task that is paused, or has just been told to pause. */
  ObjectNode resume(TencentApp app, Fields body) {
    Recording task = running(app, body);
    if (task.desired() != Desired.HOLD) {
      throw wrongStatus(task, "resumed");
    }
    return want(task, Desired.RUN);
  }

  /** Ends a task, also one that has not begun. */
  ObjectNode stop(TencentApp app, Fields body) {
    return want(running(app, body), Desired.STOP);
  }

  /**
   * Tells everything about a task.
   *
   * @throws TiwError FailedOperation.Record: it failed and left nothing
   */
  ObjectNode describe(TencentApp app, Fields body, Instant now) {
    Recording task = task(app, body);
    StreamFiles files = jdbi.withHandle(handle -> Tasks.files(handle, task.id()));
    ObjectNode described = result.of(task, files, now);
    described.put("Status", TaskStatus.of(task).name());
    described.put("ReplayUrl", ""); // of the other mode only
    return described;
  }

  private RecordingSpec spec(TencentApp app, StartRequest request, String address) {
    return new RecordingSpec(
        address,
        request.whiteboard().width(),
        request.whiteboard().height(),
        FPS,
        BITRATE_KBPS,
        2,
        SOUND_KBPS,
        String.valueOf(app.ready()),
        READY_TIMEOUT.toMillis(),
        LONGEST.toMillis(),
        LONGEST_PAUSE.toMillis(),
        request.streams());
  }

  private Recordings.Order order(TencentApp app, StartRequest request, String address) {
    return new Recordings.Order(
        ids.next(),
        TencentFace.NAME,
        String.valueOf(app.sdkAppId()),
        request.recordUserId(),
        spec(app, request, address),
        false,
        ids.next(), // its recorder never calls this face, so nobody has this ticket
        new TaskExtra(request.roomId(), request.groupId()).text());
  }

  private Recording task(TencentApp app, Fields body) {
    body.number("SdkAppId"); // known already
    String id = body.requiredText("TaskId", LONGEST_ID);
    body.nothingElse();
    Optional<Recording> found = jdbi.withHandle(handle -> RecordingStore.find(handle, id));
    return found
        .filter(task -> task.face().equals(TencentFace.NAME))
        .filter(task -> task.scope().equals(String.valueOf(app.sdkAppId())))
        .orElseThrow(() -> TiwCode.TASK_NOT_FOUND.error("There is no task " + Quote.of(id)));
  }

  private Recording running(TencentApp app, Fields body) {
    Recording task = task(app, body);
    if (!task.isRunning() || task.desired() == Desired.STOP) {
      throw alreadyStopped(task);
    }
    return task;
  }

  private ObjectNode want(Recording task, Desired desired) {
    if (recordings.want(task.id(), desired).isEmpty()) {
      throw alreadyStopped(task); // it ended while we looked
    }
    return Json.LINES.createObjectNode();
  }

  private static TiwError alreadyStopped(Recording task) {
    return TiwCode.TASK_ALREADY_STOPPED.error("The task " + task.id() + " has been stopped");
  }

  private static TiwError wrongStatus(Recording task, String what) {
    return TiwCode.INVALID_TASK_STATUS.error(
        "The task %s is %s%s and cannot be %s"
            .formatted(
                task.id(),
                TaskStatus.of(task),
                task.desired() == Desired.HOLD ? " (pausing)" : "",
                what));
  }
}
