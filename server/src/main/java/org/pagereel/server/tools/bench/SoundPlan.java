package org.pagereel.server.tools.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;

/**
 * What both pipelines are asked to record when sound is measured.
 *
 * @param run the recording's id, by which the page tells that it plays
 * @param length of the measured stretch, which begins {@link BenchPlan#SETTLE} after the file
 */
record SoundPlan(BenchServer server, SoundCase what, String run, Duration length, Path folder) {
  static final PageSize SIZE = PageSize.FULL_HD;
  static final int FPS = 30;
  static final int BITRATE_KBPS = 2000;

  String url() {
    return server.page(what.path(run));
  }

  /** The begin of the measured stretch in the file, in seconds. */
  double from() {
    return BenchPlan.SETTLE.toMillis() / 1e3;
  }

  double until() {
    return from() + length.toMillis() / 1e3;
  }

  RecordingRequest request() {
    return RecordingRequest.of(
        run,
        new PageSpec(url(), SIZE, new ReadySignal.Notify(), Duration.ofSeconds(60)),
        new PictureSpec(FPS, BITRATE_KBPS),
        folder);
  }
}
