package org.pagereel.server.tools.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.SoundProfile;

/**
 * What both pipelines are asked to do.
 *
 * @param length of the measured stretch
 */
public record BenchPlan(
    String url, BenchPage page, PageSize size, int fps, int bitrateKbps, Duration length) {
  /** The page has loaded, caches are warm, the JIT has compiled: from here on it counts. */
  static final Duration SETTLE = Duration.ofSeconds(4);

  RecordingRequest request(String id, Path folder, boolean hold, int screenHz, boolean lossless) {
    return new RecordingRequest(
        id,
        1,
        url,
        size,
        screenHz,
        bitrateKbps,
        SoundProfile.STEREO,
        new ReadySignal.Load(),
        Duration.ofSeconds(30),
        hold,
        RecordingRequest.DEFAULT_SLICE,
        RecordingRequest.DEFAULT_MAX_VIDEO,
        RecordingRequest.DEFAULT_MAX_BYTES,
        null,
        false,
        lossless,
        null,
        folder);
  }
}
