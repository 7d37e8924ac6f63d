package org.pagereel.recorder;

import org.jspecify.annotations.Nullable;

/**
 * How a class is made into videos from its messages and files: the contents of {@code class.json}
 * in the class's folder, every member of which may be left out.
 *
 * @param width of the whiteboard's video in pixels, 2 to 3000, as is {@code height}; default 1280 x
 *     960
 * @param ratio width by height of the board until a message changes it; null for 16:9
 * @param mix null for one video of each stream
 * @param fps frames per second at the most, 1 to 60; default 15
 * @param page http or https address of a replay page; null for the built-in one
 */
public record ReplayRequest(
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Double ratio,
    @Nullable Mix mix,
    @Nullable Integer fps,
    @Nullable String page) {
  public static final String FILE = "class.json";

  public ReplayRequest {
    width = between("width", width == null ? 1280 : width, 2, 3000);
    height = between("height", height == null ? 960 : height, 2, 3000);
    fps = between("fps", fps == null ? 15 : fps, 1, 60);
    if (ratio != null && !(ratio >= 0.1 && ratio <= 10)) {
      throw new IllegalArgumentException("ratio is " + ratio + "; allowed are 0.1 to 10");
    }
    if (page != null && !page.matches("(?i)https?://[^\\s/]+.*")) {
      throw new IllegalArgumentException(
          "page is " + page + "; allowed are addresses that begin with http:// or https://");
    }
  }

  /** All in one video, everything as it is by default. */
  public static ReplayRequest mixed() {
    return new ReplayRequest(null, null, null, new Mix(null, null, null, null), null, null);
  }

  /**
   * All in one video.
   *
   * @param width of the canvas in pixels, 2 to 3000, as is {@code height}; default 1920 x 1080
   * @param teacherId the user in the first small picture; null: the first that comes
   * @param sound whether it has sound; default true
   */
  public record Mix(
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String teacherId,
      @Nullable Boolean sound) {
    public Mix {
      width = between("mix.width", width == null ? 1920 : width, 2, 3000);
      height = between("mix.height", height == null ? 1080 : height, 2, 3000);
      sound = sound == null || sound;
    }
  }

  private static int between(String name, int value, int least, int most) {
    Range.require(name, value, least, most);
    return value;
  }
}
