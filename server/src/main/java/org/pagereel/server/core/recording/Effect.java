package org.pagereel.server.core.recording;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Command;

/** An action of a recording's owner after a decision is stored. */
public sealed interface Effect {
  /**
   * Starts a recorder for the attempt that the status names, in place of the one before it. Whether
   * it is held is what is desired when it starts.
   *
   * @param predecessor why the attempt before it ended
   * @param after the pause before the start: a cause of deaths gets time to go away
   */
  record StartRecorder(@Nullable String predecessor, Duration after) implements Effect {}

  /** Tells the recorder. */
  record Tell(Command command) implements Effect {}

  /** Ends the recorder at once. */
  record KillRecorder() implements Effect {}

  /**
   * Makes the MP4 of what there is, without a recorder.
   *
   * @param cause why the recording failed; null when it did not
   */
  record CompleteFiles(@Nullable Failure cause) implements Effect {}

  /** The files could not be completed: the owner lets go, and somebody tries again later. */
  record PutOff() implements Effect {}
}
