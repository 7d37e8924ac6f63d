package org.pagereel.recorder.av;

/** A colour of a picture in BT.709, limited range. */
public record Colour(byte y, byte u, byte v) {
  private static final double RED = 0.2126;
  private static final double BLUE = 0.0722;

  /** The nearest to 0xRRGGBB (ITU-R BT.709-6, 3.2 to 3.4). */
  public static Colour of(int rgb) {
    double red = ((rgb >> 16) & 255) / 255.0;
    double green = ((rgb >> 8) & 255) / 255.0;
    double blue = (rgb & 255) / 255.0;
    double light = RED * red + (1 - RED - BLUE) * green + BLUE * blue;
    return new Colour(
        (byte) Math.round(16 + 219 * light),
        (byte) Math.round(128 + 224 * (blue - light) / (2 * (1 - BLUE))),
        (byte) Math.round(128 + 224 * (red - light) / (2 * (1 - RED))));
  }
}
