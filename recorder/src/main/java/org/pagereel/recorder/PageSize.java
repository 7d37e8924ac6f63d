package org.pagereel.recorder;

/**
 * Width and height of page, screen and video in pixels: even numbers, 320x240 to 1920x1920, and no
 * more pixels than 1920x1080 has. So 1080x1920 is a size, too.
 *
 * <p>Even, because H.264 with 4:2:0 chroma has one colour sample per 2x2 pixels.
 */
public record PageSize(int width, int height) {
  public static final PageSize FULL_HD = new PageSize(1920, 1080);

  public PageSize {
    check("width", width, 320, 1920);
    check("height", height, 240, 1920);
    if (!isSmallEnough(width, height)) {
      throw new IllegalArgumentException(
          "size is %dx%d; allowed are at most as many pixels as 1920x1080 has"
              .formatted(width, height));
    }
  }

  /** Whether it has no more pixels than the largest size. */
  public static boolean isSmallEnough(int width, int height) {
    return width * height <= 1920 * 1080;
  }

  /** Whether a screen that was made for the other one can show it. */
  public boolean fitsInto(PageSize other) {
    return width <= other.width && height <= other.height;
  }

  /** Reads {@code 1280x720}. */
  public static PageSize parse(String text) {
    String[] parts = text.split("x", -1);
    try {
      if (parts.length == 2) {
        return new PageSize(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(expected(text), e);
    }
    throw new IllegalArgumentException(expected(text));
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }

  private static String expected(String text) {
    return "size is '" + text + "'; expected WIDTHxHEIGHT in pixels, such as 1920x1080";
  }

  private static void check(String field, int value, int min, int max) {
    if (value < min || value > max || value % 2 != 0) {
      throw new IllegalArgumentException(
          "%s is %d; allowed are even numbers from %d to %d".formatted(field, value, min, max));
    }
  }
}
