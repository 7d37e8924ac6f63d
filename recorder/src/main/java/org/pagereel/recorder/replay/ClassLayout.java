package org.pagereel.recorder.replay;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.mix.Cell;

/**
 * Where everything is in the mixed video of a class (docs/vendors/tencent.md, "After-class
 * layout"): one big picture on the left for board, shared screen and film, and small ones at the
 * right, top down, the left column first.
 *
 * @param people the most small pictures that are needed at once
 */
record ClassLayout(int width, int height, int people) {
  /** The most small pictures; people beyond them are heard and not seen. */
  static final int MOST = 16;

  private static final int IN_A_COLUMN = 8;

  /**
   * What part of the canvas's width a small picture has, of its height, and in how many columns.
   */
  private record Small(int ofWidth, int ofHeight, int columns) {}

  private Small small() {
    if (people == 0) {
      return new Small(1, 1, 0);
    }
    if (people <= 4) {
      return new Small(5, 4, 1);
    }
    if (people <= 6) {
      return new Small(7, 6, 1);
    }
    return people <= IN_A_COLUMN ? new Small(9, 8, 1) : new Small(10, 8, 2);
  }

  /** The big picture; what is shown later lies on top. */
  Cell big(int zOrder) {
    int columns = small().columns();
    return cell(0, 0, width - columns * smallWidth(), height, zOrder);
  }

  /** The small picture of this number, from 0; null where there is none. */
  @Nullable Cell small(int number) {
    if (number >= MOST || small().columns() == 0) {
      return null;
    }
    int h = height / small().ofHeight();
    int left = width - (small().columns() - number / IN_A_COLUMN) * smallWidth();
    return cell(left, number % IN_A_COLUMN * h, smallWidth(), h, 1);
  }

  private int smallWidth() {
    return width / small().ofWidth();
  }

  private static Cell cell(int x, int y, int width, int height, int zOrder) {
    return new Cell(x, y, width, height, zOrder, 0, Fill.FIT);
  }
}
