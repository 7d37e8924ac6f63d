package org.pagereel.server.faces.agora;

import org.pagereel.server.core.recording.Reason;

/** The number that clients read a reason from (docs/vendors/agora.md, "Event 1001"). */
final class ReasonCode {
  private ReasonCode() {}

  static int of(Reason reason) {
    return switch (reason) {
      case STARTED -> 1;
      case STOPPED -> 2;
      case STARTED_AFTER_RETRY -> 3;
      case NOT_READY -> 4;
      case GIVEN_UP -> 5;
    };
  }
}
