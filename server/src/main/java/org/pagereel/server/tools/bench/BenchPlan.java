package org.pagereel.server.tools.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.SlicingSpec;
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
        new PageSpec(url, size, new ReadySignal.Load(), Duration.ofSeconds(30)),
        new PictureSpec(screenHz, bitrateKbps, lossless),
        SoundProfile.STEREO,
        SlicingSpec.DEFAULT,
        null,
        hold ? Attempt.ONLY.held() : Attempt.ONLY,
        folder);
  }
}
