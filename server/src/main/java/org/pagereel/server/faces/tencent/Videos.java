package org.pagereel.server.faces.tencent;

import java.time.Instant;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.platform.http.SignedLinks;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A task's files as VideoInfos (docs/vendors/tencent.md, "VideoInfos"). */
final class Videos {
  private final SignedLinks links;

  Videos(SignedLinks links) {
    this.links = links;
  }

  ArrayNode of(Recording recording, StreamFiles files, Instant now) {
    ArrayNode videos = Json.LINES.createArrayNode();
    for (StreamFile file : files.files()) {
      videos.add(video(recording, file, now));
    }
    return videos;
  }

  /** In every sample of the vendor's the end of the video that ends last, in milliseconds. */
  static long total(StreamFiles files) {
    return files.files().stream()
        .mapToLong(file -> file.startMillis() + file.durationMillis())
        .max()
        .orElse(0);
  }

  private ObjectNode video(Recording recording, StreamFile file, Instant now) {
    ObjectNode video = Json.LINES.createObjectNode();
    video.put("UserId", userId(recording, file));
    video.put("VideoPlayTime", file.startMillis());
    video.put("VideoDuration", file.durationMillis());
    video.put("VideoSize", file.bytes());
    video.put("VideoFormat", file.kind() == Kind.SOUND ? "mp3" : "mp4");
    video.put("VideoUrl", links.to(recording.id(), file.file(), now));
    video.put("VideoId", id(recording.id(), file));
    video.put("VideoType", type(file.kind()));
    video.put("Width", file.width());
    video.put("Height", file.height());
    return video;
  }

  /** Of the name, so that it is the same whenever somebody asks. */
  static String id(String taskId, StreamFile file) {
    return Md5.hex(taskId + "/" + file.file());
  }

  static int type(Kind kind) {
    return switch (kind) {
      case CAMERA -> 0;
      case SCREEN -> 1;
      case WHITEBOARD -> 2;
      case MIX -> 3;
      case SOUND -> 4;
    };
  }

  private static String userId(Recording recording, StreamFile file) {
    return switch (file.kind()) {
      case CAMERA, SOUND -> file.userId();
      case SCREEN -> TicNames.STREAMS.of(file.kind(), file.userId());
      case WHITEBOARD -> "";
      case MIX -> "tic_mixstream_" + TaskExtra.of(recording).roomId() + "_" + layoutName(recording);
    };
  }

  private static String layoutName(Recording recording) {
    StreamsPlan plan = recording.spec().streams();
    MixLayout layout = plan == null ? null : plan.mix();
    return layout == null ? "" : layout.name();
  }
}
