package org.pagereel.server.bench;

import org.jspecify.annotations.Nullable;

/** The built-in pages that are measured. */
public enum BenchPage {
  STATIC("static slide", "bench/static.html", null),
  DEMO("demo class", "demo/", "28:28:1860:26"),
  MOTION("full-screen motion", "bench/motion.html", null);

  private final String title;
  private final String path;
  private final @Nullable String flash;

  BenchPage(String title, String path, @Nullable String flash) {
    this.title = title;
    this.path = path;
    this.flash = flash;
  }

  public String title() {
    return title;
  }

  public String path() {
    return path;
  }

  /** Where it flashes at 1920x1080 ({@code width:height:x:y}); null when it does not. */
  public @Nullable String flash() {
    return flash;
  }
}
