package org.pagereel.server.faces.tencent;

import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.core.recording.Recording;

/** The word for a task's state on the wire (docs/vendors/tencent.md, "Task states"). */
enum TaskStatus {
  PREPARED,
  RECORDING,
  PAUSED,
  STOPPED,
  FINISHED;

  static TaskStatus of(Recording recording) {
    return switch (recording.state()) {
      case QUEUED, STARTING, READY -> beforeItRuns(recording);
      case RECORDING -> RECORDING;
      case PAUSED -> PAUSED;
      case FINISHING -> STOPPED;
      case FINISHED, FAILED -> FINISHED;
    };
  }

  /** A recorder that died in the middle of a class is replaced; the class goes on meanwhile. */
  private static TaskStatus beforeItRuns(Recording recording) {
    if (!recording.status().tries().captured()) {
      return PREPARED;
    }
    return recording.desired() == Desired.HOLD ? PAUSED : RECORDING;
  }
}
