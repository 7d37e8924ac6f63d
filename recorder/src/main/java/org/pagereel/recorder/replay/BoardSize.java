package org.pagereel.recorder.replay;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.mix.Cell;

/** The size at which a board is drawn, in pixels; even numbers. */
record BoardSize(int width, int height) {
  private static final double USUAL_RATIO = 16.0 / 9;
  private static final int SMALLEST = 16; // pixels a side, for the encoder

  /** As large as it can be in a cell without another shape. */
  static BoardSize in(Cell cell, @Nullable Double ratio) {
    double shape = ratio == null ? USUAL_RATIO : ratio;
    double width = Math.min(cell.width(), cell.height() * shape);
    return new BoardSize(even(width), even(width / shape));
  }

  /** As it is asked for. */
  static BoardSize of(int width, int height) {
    return new BoardSize(even(width), even(height));
  }

  private static int even(double pixels) {
    return Math.max(SMALLEST, (int) Math.round(pixels / 2) * 2);
  }
}
