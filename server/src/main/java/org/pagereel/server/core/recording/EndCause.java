package org.pagereel.server.core.recording;

import org.pagereel.recorder.wire.Event;

/** The cause of a recording's end. */
public enum EndCause {
  /** Somebody asked for it. */
  ASKED,
  /** Its page did. */
  PAGE,
  /** Nothing was streamed or drawn for too long. */
  IDLE,
  /** It was recorded, or paused, for as long as is allowed. */
  LIMIT,
  /** It failed and was given up. */
  FAILURE;

  static EndCause of(Event.End end) {
    return switch (end) {
      case ORDER -> ASKED;
      case PAGE -> PAGE;
      case IDLE -> IDLE;
      case FAILURE -> FAILURE;
    };
  }
}
