package org.pagereel.recorder.av;

/** A rectangle of pixels, its right and bottom edges exclusive. */
public record Area(int left, int top, int right, int bottom) {
  public static Area of(int x, int y, int width, int height) {
    return new Area(x, y, x + width, y + height);
  }

  public int width() {
    return right - left;
  }

  public int height() {
    return bottom - top;
  }

  public int pixels() {
    return width() * height();
  }

  public boolean isEmpty() {
    return width() <= 0 || height() <= 0;
  }

  /** The smallest area around both. */
  public Area around(Area other) {
    return new Area(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }

  /** The part that lies within both. */
  public Area within(Area other) {
    return new Area(
        Math.max(left, other.left),
        Math.max(top, other.top),
        Math.min(right, other.right),
        Math.min(bottom, other.bottom));
  }
}
