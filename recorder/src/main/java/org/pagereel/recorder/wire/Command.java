package org.pagereel.recorder.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.StreamsPlan;

/** What a recorder process is told: one JSON object a line on its stdin, {@code start} first. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Command.Prepare.class, name = "prepare"),
  @JsonSubTypes.Type(value = Command.Start.class, name = "start"),
  @JsonSubTypes.Type(value = Command.Confirm.class, name = "confirm"),
  @JsonSubTypes.Type(value = Command.Release.class, name = "release"),
  @JsonSubTypes.Type(value = Command.Pause.class, name = "pause"),
  @JsonSubTypes.Type(value = Command.Resume.class, name = "resume"),
  @JsonSubTypes.Type(value = Command.Stop.class, name = "stop")
})
public sealed interface Command {
  /**
   * May come before {@code start}: sets up screen, sound and browser, which then wait for it.
   *
   * @param proxy host:port that all of the page's traffic goes through; null for none
   */
  record Prepare(int width, int height, int fps, @Nullable String proxy) implements Command {}

  /** Opens the page and, unless {@code hold}, records as soon as it is ready. */
  record Start(
      String id,
      int attempt,
      String url,
      int width,
      int height,
      int fps,
      int bitrateKbps,
      int soundChannels,
      int soundKbps,
      String ready,
      long readyTimeoutMillis,
      boolean hold,
      long sliceMillis,
      long maxVideoMillis,
      long maxVideoBytes,
      @Nullable String predecessor,
      boolean leavesFilesToNext,
      boolean losslessCopy,
      @Nullable StreamsPlan streams,
      String folder)
      implements Command {

    public static Start of(RecordingRequest request) {
      return new Start(
          request.id(),
          request.attempt(),
          request.url(),
          request.size().width(),
          request.size().height(),
          request.fps(),
          request.bitrateKbps(),
          request.sound().channels(),
          request.sound().kbps(),
          request.ready().text(),
          request.readyTimeout().toMillis(),
          request.hold(),
          request.sliceDuration().toMillis(),
          request.maxVideoDuration().toMillis(),
          request.maxVideoBytes(),
          request.predecessor(),
          request.leavesFilesToNext(),
          request.losslessCopy(),
          request.streams(),
          request.folder().toString());
    }

    /**
     * The request with everything checked.
     *
     * @throws IllegalArgumentException names the field, its value and what is allowed
     */
    public RecordingRequest request() {
      return new RecordingRequest(
          id,
          attempt,
          url,
          new PageSize(width, height),
          fps,
          bitrateKbps,
          new SoundProfile(soundChannels, soundKbps),
          ReadySignal.parse(ready),
          Duration.ofMillis(readyTimeoutMillis),
          hold,
          Duration.ofMillis(sliceMillis),
          Duration.ofMillis(maxVideoMillis),
          maxVideoBytes,
          predecessor,
          leavesFilesToNext,
          losslessCopy,
          streams,
          Path.of(folder));
    }
  }

  /** Somebody who may say so has said that the page is ready: no signal needs to be seen. */
  record Confirm() implements Command {}

  /** Ends the hold: recording begins with the screen as it is. */
  record Release() implements Command {}

  /** Cuts: what follows is not recorded, until {@code resume}. */
  record Pause() implements Command {}

  record Resume() implements Command {}

  /** Finishes the recording. The end of stdin means the same: the parent is gone. */
  record Stop() implements Command {}
}
