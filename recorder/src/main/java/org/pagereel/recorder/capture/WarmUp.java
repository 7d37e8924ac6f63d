package org.pagereel.recorder.capture;

import org.pagereel.recorder.av.Av;
import org.pagereel.recorder.screen.ScreenWatch;

/** Loads FFmpeg and the X client while the browser's driver starts: a third of a second saved. */
public final class WarmUp {
  private WarmUp() {}

  /** Returns at once; what fails here fails again, with its reason, where it is needed. */
  public static void begin() {
    Thread.ofPlatform()
        .daemon()
        .name("warm-up")
        .uncaughtExceptionHandler((thread, e) -> {}) // an Error would end the recorder
        .start(WarmUp::load);
  }

  private static void load() {
    Av.load();
    ScreenWatch.load();
  }
}
