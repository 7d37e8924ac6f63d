package org.pagereel.server.core.replay;

/** The word for a task's state in API, store and metrics. */
public enum ReplayState {
  QUEUED,
  PROCESSING,
  FINISHED,
  FAILED;

  /** Nothing will happen to it any more. */
  public boolean isEnded() {
    return this == FINISHED || this == FAILED;
  }
}
