package org.pagereel.server.core.recording;

/** The word for a recording's state in API, store and metrics. */
public enum RecordingState {
  QUEUED,
  STARTING,
  READY,
  RECORDING,
  PAUSED,
  FINISHING,
  FINISHED,
  FAILED;

  /** The recording still has a recorder, or wants one: there may be only one such per subject. */
  public boolean isRunning() {
    return this != FINISHING && !isEnded();
  }

  /** Nothing will happen to it any more. */
  public boolean isEnded() {
    return this == FINISHED || this == FAILED;
  }
}
