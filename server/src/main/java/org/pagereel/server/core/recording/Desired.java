package org.pagereel.server.core.recording;

/** What the API wants of a recording; what it is, its owner says in {@link Status}. */
public enum Desired {
  RUN,
  HOLD,
  STOP
}
