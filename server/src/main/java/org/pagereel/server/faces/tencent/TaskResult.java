package org.pagereel.server.faces.tencent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.files.RecordingResult;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.Status;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task as it is described, and as its last event tells of it (docs/vendors/tencent.md,
 * "DescribeOnlineRecord", "Real-time events").
 */
final class TaskResult {
  /**
   * Numbers of the vendor's older API, which messages begin with (docs/vendors/tencent.md, "Failed
   * tasks").
   */
  private static final int NO_FILE = 40002;

  private static final int INTERNAL = 49999;

  private final Videos videos;

  TaskResult(Videos videos) {
    this.videos = videos;
  }

  /**
   * Everything about it; videos and all that is counted over them when it is finished.
   *
   * @throws TiwError FailedOperation.Record: it failed, and there is not a single file
   */
  ObjectNode of(Recording recording, StreamFiles files, Instant now) {
    if (recording.status() instanceof Status.Failed failed && files.files().isEmpty()) {
      throw TiwCode.RECORD_FAILED.error(
          "code: %d, msg: %s"
              .formatted(
                  failed.failure().unready() ? NO_FILE : INTERNAL, failed.failure().message()));
    }
    ObjectNode result = names(recording);
    result.put("GroupId", TaskExtra.of(recording).groupId());
    result.put("FinishReason", FinishReason.of(recording));
    result.put("RecordStartTime", seconds(recording.startedAt()));
    result.put("RecordStopTime", seconds(recording.endedAt()));
    result.put("ExceptionCnt", Math.max(0, recording.status().tries().attempt() - 1));
    boolean finished = recording.state().isEnded();
    StreamFiles made = finished ? files : RecordingResult.NOTHING.streams();
    result.put("TotalTime", Videos.total(made));
    result.set("VideoInfos", videos.of(recording, made, now));
    result.set("OmittedDurations", omitted(recording, made));
    ArrayNode interrupts = result.putArray("Interrupts");
    for (StreamFiles.Interrupt interrupt : made.interrupts()) {
      interrupts.addObject().put("UserId", interrupt.userId()).put("Count", interrupt.count());
    }
    return result;
  }

  /** The fields of every event of a task. */
  static ObjectNode names(Recording recording) {
    ObjectNode names = Json.LINES.createObjectNode();
    names.put("TaskId", recording.id());
    names.put("RoomId", TaskExtra.of(recording).roomId());
    names.put("RecordUserId", recording.subject());
    return names;
  }

  /** Pauses are told of only where they are not seen: where files go on over them. */
  private static ArrayNode omitted(Recording recording, StreamFiles files) {
    ArrayNode omitted = Json.LINES.createArrayNode();
    StreamsPlan plan = recording.spec().streams();
    if (plan != null && plan.concat()) {
      for (StreamFiles.Omitted pause : files.omitted()) {
        omitted
            .addObject()
            .put("VideoTime", pause.atMillis())
            .put("PauseTime", pause.pausedAt())
            .put("ResumeTime", pause.resumedAt());
      }
    }
    return omitted;
  }

  private static long seconds(@Nullable Instant at) {
    return at == null ? 0 : at.getEpochSecond();
  }
}
