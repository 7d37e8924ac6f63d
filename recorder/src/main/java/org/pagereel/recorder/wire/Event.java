package org.pagereel.recorder.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/** An event of a recorder process: one JSON object a line on its stdout. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Prepared.class, name = "prepared"),
  @JsonSubTypes.Type(value = Event.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Event.Recording.class, name = "recording"),
  @JsonSubTypes.Type(value = Event.Paused.class, name = "paused"),
  @JsonSubTypes.Type(value = Event.Slice.class, name = "slice"),
  @JsonSubTypes.Type(value = Event.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = Event.Warning.class, name = "warning"),
  @JsonSubTypes.Type(value = Event.Left.class, name = "left"),
  @JsonSubTypes.Type(value = Event.Finishing.class, name = "finishing"),
  @JsonSubTypes.Type(value = Event.Completing.class, name = "completing"),
  @JsonSubTypes.Type(value = Event.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Event.Failed.class, name = "failed")
})
public sealed interface Event {
  /** Screen, sound and browser wait for {@code start}. */
  record Prepared() implements Event {}

  /** The page gave its signal and is painted. */
  record Ready(String signal, double tookSeconds) implements Event {}

  /** The first packet (of the recording, or after a pause) is on disk. */
  record Recording(Instant startedAt) implements Event {}

  record Paused(Instant at) implements Event {}

  /** A slice is closed and safe on disk. */
  record Slice(String file, double startSeconds, double durationSeconds, long bytes)
      implements Event {}

  /**
   * Once a second while the recording runs.
   *
   * @param bytes of all slices
   * @param bytesAtEnd what will be written when it ends: the MP4, and what is made of streams
   */
  record Progress(
      double durationSeconds,
      int slices,
      long bytes,
      long bytesAtEnd,
      double framesPerSecond,
      long dropped)
      implements Event {}

  /** The page was refused something, or something is less than perfect. */
  record Warning(String kind, String message) implements Event {}

  /** The page is out of its room: another has joined by its name, or it was sent away. */
  record Left(Instant at) implements Event {}

  /** Recording ended; the files are being completed. */
  record Finishing(End end) implements Event {}

  /** Why a recording ended. */
  enum End {
    ORDER,
    /** The page asked for it. */
    PAGE,
    /** Nothing was streamed or drawn for the time that the request gives. */
    IDLE,
    FAILURE
  }

  /** So much of the work on the files is done, 0 to 1; where it takes long. */
  record Completing(double done) implements Event {}

  /** All files are complete; the last event of a recording that went well. */
  record Finished(double durationSeconds, List<String> videos) implements Event {}

  /** The last event of a recording that failed; what was captured is complete all the same. */
  record Failed(FailureCategory category, String message, List<String> videos) implements Event {
    public static Failed of(RecordingFailure failure, List<String> videos) {
      return new Failed(failure.category(), String.valueOf(failure.getMessage()), videos);
    }
  }
}
