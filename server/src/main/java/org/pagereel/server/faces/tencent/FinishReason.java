package org.pagereel.server.faces.tencent;

import org.pagereel.server.core.recording.EndCause;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.RecordingState;

/** Why a task is over (docs/vendors/tencent.md, "Task states"). */
final class FinishReason {
  private FinishReason() {}

  /** Empty as long as it is not. */
  static String of(Recording recording) {
    if (recording.isRunning()) {
      return "";
    }
    EndCause ended = recording.ended();
    if (ended == null || recording.state() == RecordingState.FAILED) {
      return "EXCEPTION";
    }
    return switch (ended) {
      case ASKED, PAGE -> "USER_CALL";
      case IDLE -> "AUTO";
      case LIMIT -> "FORCE_STOP";
      case FAILURE -> "EXCEPTION";
    };
  }
}
