package org.pagereel.recorder.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingRequest;

/** A command to a recorder process: one JSON object a line on its stdin, {@code start} first. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Command.Prepare.class, name = "prepare"),
  @JsonSubTypes.Type(value = Command.Start.class, name = "start"),
  @JsonSubTypes.Type(value = Command.Confirm.class, name = "confirm"),
  @JsonSubTypes.Type(value = Command.Release.class, name = "release"),
  @JsonSubTypes.Type(value = Command.Pause.class, name = "pause"),
  @JsonSubTypes.Type(value = Command.Resume.class, name = "resume"),
  @JsonSubTypes.Type(value = Command.Leave.class, name = "leave"),
  @JsonSubTypes.Type(value = Command.Stop.class, name = "stop")
})
public sealed interface Command {
  /**
   * May come before {@code start}: sets up screen, sound and browser, which then wait for it.
   *
   * @param proxy host:port that all of the page's traffic goes through; null for none
   */
  record Prepare(PageSize size, int fps, @Nullable String proxy) implements Command {}

  /** Opens the page and, unless the attempt is held, records as soon as it is ready. */
  record Start(RecordingRequest request) implements Command {}

  /** Somebody who may say so has said that the page is ready: no signal needs to be seen. */
  record Confirm() implements Command {}

  /** Ends the hold: recording begins with the screen as it is. */
  record Release() implements Command {}

  /** Cuts: what follows is not recorded, until {@code resume}. */
  record Pause() implements Command {}

  record Resume() implements Command {}

  /** Other recordings need so many bytes of the disk at their end: stop while they are free. */
  record Leave(long bytes) implements Command {}

  /** Finishes the recording. The end of stdin means the same: the parent is gone. */
  record Stop() implements Command {}
}
