package org.pagereel.recorder.media;

/** A rectangle of pixels, its right and bottom edges exclusive. */
record Area(int left, int top, int right, int bottom) {
  static Area of(int x, int y, int width, int height) {
    return new Area(x, y, x + width, y + height);
  }

  int width() {
    return right - left;
  }

  int height() {
    return bottom - top;
  }

  int pixels() {
    return width() * height();
  }

  boolean isEmpty() {
    return width() <= 0 || height() <= 0;
  }

  /** The smallest area around both. */
  Area around(Area other) {
    return new Area(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }

  /** The part that lies within both. */
  Area within(Area other) {
    return new Area(
        Math.max(left, other.left),
        Math.max(top, other.top),
        Math.min(right, other.right),
        Math.min(bottom, other.bottom));
  }
}
