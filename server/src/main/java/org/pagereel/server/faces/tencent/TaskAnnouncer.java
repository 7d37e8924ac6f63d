package org.pagereel.server.faces.tencent;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.recording.Announcer;
import org.pagereel.server.core.recording.Reason;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.platform.http.SignedLinks;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes how far a task has come, and queues the event for its app's callback, in the transaction
 * that changes the recording: each event once, and in order.
 */
public final class TaskAnnouncer implements Announcer {
  private final FileStore files;
  private final TaskResult result;
  private final InstantSource clock;

  public TaskAnnouncer(SignedLinks links, FileStore files, InstantSource clock) {
    this.clock = clock;
    this.files = files;
    this.result = new TaskResult(new Videos(links));
  }

  @Override
  public void changed(Handle handle, Recording recording, Optional<Reason> reason) {
    Milestone announced = Tasks.announced(handle, recording);
    Milestone now = Milestone.of(recording);
    for (Milestone next : Milestone.values()) {
      if (next.compareTo(announced) > 0 && next.compareTo(now) <= 0 && isWorthIt(next, recording)) {
        announce(handle, recording, next);
      }
    }
    if (now.compareTo(announced) > 0) {
      Tasks.announced(handle, recording.id(), now);
    }
  }

  /** Tells nothing of a start for a task that ended before it began. */
  private static boolean isWorthIt(Milestone milestone, Recording recording) {
    return milestone != Milestone.STARTED || recording.startedAt() != null;
  }

  private void announce(Handle handle, Recording recording, Milestone milestone) {
    Instant now = clock.instant();
    ObjectNode data = TaskResult.names(recording);
    if (milestone == Milestone.FINISHED) {
      Tasks.ended(handle, recording.id(), now);
      data = finished(recording, recording.resultIn(files).streams(), now);
    }
    long sdkAppId = Long.parseLong(recording.scope());
    if (Callbacks.find(handle, sdkAppId).url().isEmpty()) {
      return;
    }
    TaskEvents.add(
        handle,
        recording.id(),
        sdkAppId,
        CallbackTargets.name(sdkAppId),
        milestone.event(),
        data,
        now);
  }

  private ObjectNode finished(Recording recording, StreamFiles made, Instant now) {
    try {
      return result.of(recording, made, now);
    } catch (TiwError e) {
      ObjectNode data = TaskResult.names(recording);
      data.put("GroupId", TaskExtra.of(recording).groupId());
      data.put("FinishReason", FinishReason.of(recording));
      data.putObject("Error").put("Code", e.code().text()).put("Message", e.message());
      return data;
    }
  }
}
