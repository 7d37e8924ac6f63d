package org.pagereel.server.core.recording;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.JsonNode;

/** A recording's spec as the store keeps it: JSON, also in the flat shape of earlier versions. */
final class StoredSpec {
  private StoredSpec() {}

  static String write(RecordingSpec spec) {
    return Json.LINES.writeValueAsString(spec);
  }

  static RecordingSpec read(String text) {
    JsonNode stored = Json.LINES.readTree(text);
    return stored.has("url")
        ? Json.LINES.treeToValue(stored, Flat.class).spec()
        : Json.LINES.treeToValue(stored, RecordingSpec.class);
  }

  /** As it was stored before the page, the picture and the sound had shapes of their own. */
  private record Flat(
      String url,
      int width,
      int height,
      int fps,
      int bitrateKbps,
      int soundChannels,
      int soundKbps,
      ReadySignal ready,
      long readyTimeoutMillis,
      long maxDurationMillis,
      @Nullable Long maxPauseMillis,
      @Nullable StreamsPlan streams) {

    RecordingSpec spec() {
      return new RecordingSpec(
          new PageSpec(
              url, new PageSize(width, height), ready, Duration.ofMillis(readyTimeoutMillis)),
          new PictureSpec(fps, bitrateKbps),
          new SoundProfile(soundChannels, soundKbps),
          streams,
          new RecordingSpec.Limits(
              Duration.ofMillis(maxDurationMillis),
              maxPauseMillis == null ? null : Duration.ofMillis(maxPauseMillis)));
    }
  }
}
