package org.pagereel.server.core.recording;

/** The state that the API wants; its owner says the actual state in {@link Status}. */
public enum Desired {
  RUN,
  HOLD,
  STOP
}
