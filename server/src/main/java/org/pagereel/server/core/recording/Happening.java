package org.pagereel.server.core.recording;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;

/** All that can happen to a recording. */
public sealed interface Happening {
  /**
   * A node takes it.
   *
   * @param from the node that had it, if that is another; null for the first time, and for a node
   *     that was started again
   * @param offered that one has handed it over; else it is gone
   */
  record Claimed(@Nullable String from, boolean offered) implements Happening {}

  /** The API wants something else of it: see {@link Desired}. */
  record Wanted() implements Happening {}

  /** The recorder says that the page is ready. */
  record PageReady() implements Happening {}

  /** The first packet, of the recording or after a pause, is on disk. */
  record FirstPacket() implements Happening {}

  record PauseTaken() implements Happening {}

  /** The recorder ends the recording, by itself or as it was told. */
  record Ending(EndCause by) implements Happening {}

  /** All files are complete. */
  record Completed() implements Happening {}

  /** The recorder failed or died. */
  record Broke(FailureCategory category, String message) implements Happening {}

  /**
   * The event for which {@link Status#due} waited has not come, or the files cannot be made now.
   */
  record Overdue() implements Happening {}
}
