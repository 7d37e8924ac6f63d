package org.pagereel.server.faces.tencent;

import java.time.Instant;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.server.core.replay.ReplayFailure;
import org.pagereel.server.core.replay.ReplayTask;
import org.pagereel.server.platform.http.SignedLinks;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an after-class task made, with the fields of the vendor's two examples in their order
 * (docs/vendors/tencent.md, "After-class results"): without mixing one entry for each file, with it
 * a single one of type 3 that is nobody's.
 */
final class OfflineResult {
  private final SignedLinks links;

  OfflineResult(SignedLinks links) {
    this.links = links;
  }

  /** Room, group, and the result; before the end there are no videos, and all times are 0. */
  void addTo(ObjectNode node, ReplayTask task, Instant now) {
    if (task.request().mix() != null) {
      node.put("SdkAppId", Long.parseLong(task.scope())); // in that example only
    }
    node.put("RoomId", Long.parseLong(task.room()));
    node.put("GroupId", task.subject());
    addTimesTo(node, task);
    addVideosTo(node.putArray("VideoInfos"), task, now);
  }

  static void addTimesTo(ObjectNode node, ReplayTask task) {
    ReplayResult made = task.result();
    node.put("RecordStartTime", made == null ? 0 : made.startedAt() / 1000);
    node.put("TotalTime", made == null ? 0 : Videos.total(made.files()));
  }

  void addVideosTo(ArrayNode videos, ReplayTask task, Instant now) {
    if (task.result() != null) {
      for (StreamFile file : task.result().files().files()) {
        video(videos.addObject(), task, file, now);
      }
    }
  }

  private void video(ObjectNode video, ReplayTask task, StreamFile file, Instant now) {
    video.put("VideoPlayTime", file.startMillis());
    video.put("VideoSize", file.bytes());
    video.put("VideoFormat", "mp4");
    video.put("VideoDuration", file.durationMillis());
    video.put("VideoUrl", links.to(task.id(), file.file(), now));
    video.put("VideoId", Videos.id(task.id(), file));
    video.put("VideoType", Videos.type(file.kind()));
    boolean everybodys = file.kind() == Kind.WHITEBOARD || file.kind() == Kind.MIX;
    video.put("UserId", everybodys ? "" : file.userId());
  }

  /** Begins with a number of the vendor's older API (docs/vendors/tencent.md, "Failed tasks"). */
  static TiwError error(ReplayFailure failure) {
    int code =
        switch (failure.cause()) {
          case NO_MESSAGES -> 2003;
          case TOO_LONG -> 2007;
          case REFUSED, BROKEN -> -1;
        };
    return TiwCode.RECORD_FAILED.error("code: %d, msg: %s".formatted(code, failure.message()));
  }
}
