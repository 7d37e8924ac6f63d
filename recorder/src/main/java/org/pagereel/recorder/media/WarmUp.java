package org.pagereel.recorder.media;

import java.lang.foreign.Arena;
import org.pagereel.recorder.av.Av;

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
    try (Arena arena = Arena.ofConfined()) {
      new Xcb(arena);
    }
  }
}
