package org.pagereel.server.recording;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Command;

/** What the owner of a recording does after a decision is stored. */
public sealed interface Effect {
  /**
   * Starts a recorder for the attempt that the status names, in place of the one before it.
   *
   * @param predecessor why the attempt before it ended
   * @param after what dies again and again is given time to recover
   */
  record StartRecorder(boolean hold, @Nullable String predecessor, Duration after)
      implements Effect {}

  /** Tells the recorder. */
  record Tell(Command command) implements Effect {}

  /** Ends the recorder at once. */
  record KillRecorder() implements Effect {}

  /**
   * Makes the MP4 of what there is, without a recorder.
   *
   * @param cause why the recording failed; null when it did not
   */
  record CompleteFiles(@Nullable String cause) implements Effect {}
}
