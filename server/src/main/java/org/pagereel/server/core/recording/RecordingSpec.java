package org.pagereel.server.core.recording;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.StreamsPlan;

/**
 * What is to be recorded and how, as it was asked for.
 *
 * @param readyTimeoutMillis how long the page may take to be ready
 * @param maxDurationMillis recording ends by itself after this much wall time
 * @param maxPauseMillis and after a pause of this much; null for any
 * @param streams each participant's stream is recorded too; null for the page alone
 */
public record RecordingSpec(
    String url,
    int width,
    int height,
    int fps,
    int bitrateKbps,
    int soundChannels,
    int soundKbps,
    String ready,
    long readyTimeoutMillis,
    long maxDurationMillis,
    @Nullable Long maxPauseMillis,
    @Nullable StreamsPlan streams) {

  public Duration readyTimeout() {
    return Duration.ofMillis(readyTimeoutMillis);
  }

  public Duration maxDuration() {
    return Duration.ofMillis(maxDurationMillis);
  }

  public PageSize size() {
    return new PageSize(width, height);
  }

  /**
   * What one recorder is told.
   *
   * @throws IllegalArgumentException names the field, its value and what is allowed
   */
  public RecordingRequest request(
      String id, int attempt, boolean hold, @Nullable String predecessor, Path folder) {
    return new RecordingRequest(
        id,
        attempt,
        url,
        size(),
        fps,
        bitrateKbps,
        new SoundProfile(soundChannels, soundKbps),
        ReadySignal.parse(ready),
        readyTimeout(),
        hold,
        RecordingRequest.DEFAULT_SLICE,
        RecordingRequest.DEFAULT_MAX_VIDEO,
        RecordingRequest.DEFAULT_MAX_BYTES,
        predecessor,
        true,
        false,
        streams,
        folder);
  }
}
