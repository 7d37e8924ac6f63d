package org.pagereel.server.core.recording;

/** Why a recording's state was announced (docs/vendors/agora.md, "Event 1001"). */
public enum Reason {
  STARTED(1),
  STOPPED(2),
  STARTED_AFTER_RETRY(3),
  NOT_READY(4),
  GIVEN_UP(5);

  private final int code;

  Reason(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
