package org.pagereel.server.core.recording;

/** Why a recording's state was announced. */
public enum Reason {
  STARTED,
  STOPPED,
  STARTED_AFTER_RETRY,
  NOT_READY,
  GIVEN_UP
}
