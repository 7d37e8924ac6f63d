package org.pagereel.server.faces.tencent;

import org.pagereel.server.core.recording.Recording;

/**
 * What is announced of a task: each once, in this order (docs/vendors/tencent.md, "Real-time
 * events").
 */
enum Milestone {
  NONE,
  STARTED,
  STOPPED,
  FINISHED;

  /** The progress of a recording, as far as it was announced. */
  static Milestone of(Recording recording) {
    return switch (recording.state()) {
      case QUEUED, STARTING, READY -> recording.status().tries().captured() ? STARTED : NONE;
      case RECORDING, PAUSED -> STARTED;
      case FINISHING -> STOPPED;
      case FINISHED, FAILED -> FINISHED;
    };
  }

  /** The event's name on the wire. */
  String event() {
    return switch (this) {
      case NONE -> "";
      case STARTED -> "OnlineRecordStarted";
      case STOPPED -> "OnlineRecordStopped";
      case FINISHED -> "OnlineRecordFinished";
    };
  }
}
