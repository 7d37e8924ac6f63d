package org.pagereel.server.core.recording;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a recording is, with what must be known there. Kept in the store as JSON. Its moments are
 * of its owner's steady clock: whoever claims it next gives it new ones.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Status.Queued.class, name = "queued"),
  @JsonSubTypes.Type(value = Status.Starting.class, name = "starting"),
  @JsonSubTypes.Type(value = Status.Held.class, name = "held"),
  @JsonSubTypes.Type(value = Status.Running.class, name = "running"),
  @JsonSubTypes.Type(value = Status.Paused.class, name = "paused"),
  @JsonSubTypes.Type(value = Status.Finishing.class, name = "finishing"),
  @JsonSubTypes.Type(value = Status.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Status.Failed.class, name = "failed")
})
public sealed interface Status {
  AttemptHistory tries();

  /** Waits for a node that can carry it. */
  record Queued(AttemptHistory tries) implements Status {}

  /** A recorder starts and its page is awaited, until the deadline at the latest. */
  record Starting(AttemptHistory tries, Instant deadline) implements Status {}

  /** The page is ready and held; nothing has been recorded yet. */
  record Held(AttemptHistory tries, Instant since) implements Status {}

  record Running(AttemptHistory tries, Instant since) implements Status {}

  record Paused(AttemptHistory tries, Instant since) implements Status {}

  /** Recording is over; its files are being completed, for as long as that goes on. */
  record Finishing(AttemptHistory tries, @Nullable Failure failure) implements Status {}

  record Finished(AttemptHistory tries) implements Status {}

  record Failed(AttemptHistory tries, Failure failure) implements Status {}

  default RecordingState state() {
    return switch (this) {
      case Queued ignored -> RecordingState.QUEUED;
      case Starting ignored -> RecordingState.STARTING;
      case Held ignored -> RecordingState.READY;
      case Running ignored -> RecordingState.RECORDING;
      case Paused ignored -> RecordingState.PAUSED;
      case Finishing ignored -> RecordingState.FINISHING;
      case Finished ignored -> RecordingState.FINISHED;
      case Failed ignored -> RecordingState.FAILED;
    };
  }

  /** The deadline of this status; when it passes, {@link Happening.Overdue} happens. */
  default Optional<Instant> due() {
    return switch (this) {
      case Starting starting -> Optional.of(starting.deadline());
      case Queued ignored -> Optional.empty();
      case Held ignored -> Optional.empty();
      case Running ignored -> Optional.empty();
      case Paused ignored -> Optional.empty();
      case Finishing ignored -> Optional.empty();
      case Finished ignored -> Optional.empty();
      case Failed ignored -> Optional.empty();
    };
  }
}
