package org.pagereel.server.tools.bench;

import org.jspecify.annotations.Nullable;

/** The built-in pages that are measured. */
public enum BenchPage {
  STATIC("static slide", "bench/static.html", null, false),
  DEMO("demo class", "demo/", "28:28:1860:26", false),
  MOTION("full-screen motion", "bench/motion.html", null, false),
  STEADY("steady tone", "bench/tone.html", null, true);

  private final String title;
  private final String path;
  private final @Nullable String flash;
  private final boolean tone;

  BenchPage(String title, String path, @Nullable String flash, boolean tone) {
    this.title = title;
    this.path = path;
    this.flash = flash;
    this.tone = tone;
  }

  public String title() {
    return title;
  }

  public String path() {
    return path;
  }

  /**
   * The area that flashes at 1920x1080 ({@code width:height:x:y}); null for a page that does not.
   */
  public @Nullable String flash() {
    return flash;
  }

  /** Whether it holds two tones, whose breaks can be counted. */
  public boolean tone() {
    return tone;
  }
}
