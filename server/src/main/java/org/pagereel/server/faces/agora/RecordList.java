package org.pagereel.server.faces.agora;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import org.pagereel.recorder.slices.Playlist;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.files.RecordingResult;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.Status;
import org.pagereel.server.platform.http.SignedLinks;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A room's recordings as clients list them (docs/vendors/agora.md, "List of recordings"). */
final class RecordList {
  private static final int TYPE_WEB = 3;

  private final SignedLinks links;
  private final FileStore files;
  private final InstantSource clock;

  RecordList(SignedLinks links, FileStore files, InstantSource clock) {
    this.links = links;
    this.files = files;
    this.clock = clock;
  }

  /** The address of its playlist, which exists as soon as there is a slice. */
  String playlist(Context context, Recording recording) {
    return links.in(context).to(recording.id(), Playlist.FILE, clock.instant());
  }

  ObjectNode item(Context context, Recording recording) {
    SignedLinks seen = links.in(context);
    RecordProperty.Extra extra = RecordProperty.Extra.of(recording);
    Instant now = clock.instant();
    RecordingResult made = made(recording);
    ObjectNode item = Json.LINES.createObjectNode();
    item.put("appId", recording.scope());
    item.put("roomUuid", recording.subject());
    item.put("recordId", recording.id());
    item.put("startTime", RecordProperty.startTime(recording));
    Instant ended = recording.endedAt();
    if (ended != null) {
      item.put("endTime", ended.toEpochMilli());
    }
    item.put("resourceId", extra.resourceId());
    item.put("sid", extra.sid());
    item.put("recordUid", extra.recordUid());
    item.put("type", TYPE_WEB);
    item.put("status", recording.isRunning() ? 1 : 2);
    String playlist = made.playlist();
    item.put("url", playlist == null ? "" : seen.to(recording.id(), playlist, now));
    ArrayNode details = item.putArray("recordDetails");
    for (RecordingResult.Video video : made.videos()) {
      details.addObject().put("url", seen.to(recording.id(), video.file(), now));
    }
    item.put("webRecordUrlQuery", extra.query());
    item.put("unready", isUnready(recording.status()));
    return item;
  }

  private static boolean isUnready(Status status) {
    return switch (status) {
      case Status.Failed failed -> failed.failure().unready();
      case Status.Finishing finishing ->
          finishing.failure() != null && finishing.failure().unready();
      default -> false;
    };
  }

  /** Nothing while nothing was recorded, and since its files were deleted. */
  private RecordingResult made(Recording recording) {
    return recording.filesDeletedAt() == null ? recording.resultIn(files) : RecordingResult.NOTHING;
  }
}
