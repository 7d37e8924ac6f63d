package org.pagereel.server.tools.cli;

import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/** The command line's exit codes; those above 64 are the ones of sysexits.h. */
final class ExitCode {
  static final int OK = 0;
  static final int USAGE = 2;
  static final int PAGE = 65;
  static final int INTERNAL = 70;
  static final int CAPACITY = 74;

  private ExitCode() {}

  static int of(FailureCategory category) {
    return switch (category) {
      case USER -> USAGE;
      case PAGE -> PAGE;
      case CAPACITY -> CAPACITY;
      case INTERNAL -> INTERNAL;
    };
  }

  static int of(Exception e) {
    return e instanceof RecordingFailure failure ? of(failure.category()) : INTERNAL;
  }
}
