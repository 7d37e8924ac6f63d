package org.pagereel.server.faces.tencent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.files.RecordingResult;
import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.core.recording.QueueFull;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.RecordingSpec;
import org.pagereel.server.core.recording.RecordingStore;
import org.pagereel.server.core.recording.Recordings;
import org.pagereel.server.platform.config.TencentApp;
import org.pagereel.server.platform.http.Quote;
import org.pagereel.server.platform.http.SignedLinks;
import org.pagereel.server.platform.network.PageCheck;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starting, pausing, resuming, stopping and describing a task (docs/vendors/tencent.md,
 * "StartOnlineRecord", "Task states").
 */
final class OnlineRecord {
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(90);
  private static final PictureSpec PICTURE = new PictureSpec(15, 1000);
  private static final int LONGEST_ID = 1000;

  private final Jdbi jdbi;
  private final Recordings recordings;
  private final PageCheck pages;
  private final RecordingPage page;
  private final FileStore files;
  private final TaskIds ids = new TaskIds();

  OnlineRecord(
      Jdbi jdbi, Recordings recordings, PageCheck pages, RecordingPage page, FileStore files) {
    this.jdbi = jdbi;
    this.recordings = recordings;
    this.pages = pages;
    this.page = page;
    this.files = files;
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
      RecordUserSig.verify(
          request.recordUserSig(), app.sdkAppId(), request.recordUserId(), key, now);
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
    return want(
        task(app, body),
        Desired.HOLD,
        task -> TaskStatus.of(task) == TaskStatus.RECORDING && task.desired() == Desired.RUN);
  }

  /** Goes on with a task that is paused, or has just been told to pause. */
  ObjectNode resume(TencentApp app, Fields body) {
    return want(task(app, body), Desired.RUN, task -> task.desired() == Desired.HOLD);
  }

  /** Ends a task, also one that has not begun. */
  ObjectNode stop(TencentApp app, Fields body) {
    return want(task(app, body), Desired.STOP, task -> true);
  }

  /**
   * Tells everything about a task.
   *
   * @throws TiwError FailedOperation.Record: it failed and left nothing
   */
  ObjectNode describe(TencentApp app, Fields body, SignedLinks links, Instant now) {
    Recording task = task(app, body);
    RecordingResult made = task.state().isEnded() ? task.resultIn(files) : RecordingResult.NOTHING;
    ObjectNode described = new TaskResult(new Videos(links)).of(task, made.streams(), now);
    described.put("Status", TaskStatus.of(task).name());
    described.put("ReplayUrl", ""); // of the other mode only
    return described;
  }

  private RecordingSpec spec(TencentApp app, StartRequest request, String address) {
    PageSize size = new PageSize(request.whiteboard().width(), request.whiteboard().height());
    return new RecordingSpec(
        new PageSpec(address, size, app.ready(), READY_TIMEOUT),
        PICTURE,
        SoundProfile.STEREO,
        request.streams(),
        new RecordingSpec.Limits(LONGEST, LONGEST_PAUSE));
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

  /**
   * Wants something of a task.
   *
   * @param from the tasks of which it may be wanted
   * @throws TiwError UnsupportedOperation.TaskHasAlreadyStopped, .InvalidTaskStatus
   */
  private ObjectNode want(Recording task, Desired desired, Predicate<Recording> from) {
    if (recordings.want(task.id(), desired, from).isEmpty()) {
      Recording now =
          jdbi.withHandle(handle -> RecordingStore.find(handle, task.id())).orElseThrow();
      throw now.isRunning() && now.desired() != Desired.STOP
          ? TiwCode.INVALID_TASK_STATUS.error(
              "The task %s is %s and told to %s; %s is not allowed"
                  .formatted(now.id(), TaskStatus.of(now), now.desired(), desired))
          : TiwCode.TASK_ALREADY_STOPPED.error("The task " + now.id() + " has been stopped");
    }
    return Json.LINES.createObjectNode();
  }
}
