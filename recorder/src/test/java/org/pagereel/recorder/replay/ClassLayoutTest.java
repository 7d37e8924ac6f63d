package org.pagereel.recorder.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.mix.Cell;

/** The table of docs/vendors/tencent.md, "After-class layout". */
class ClassLayoutTest {
  @ParameterizedTest
  @CsvSource({
    "1, 5, 4, 1", "2, 5, 4, 1", "3, 5, 4, 1", "4, 5, 4, 1", "5, 7, 6, 1", "6, 7, 6, 1",
    "7, 9, 8, 1", "8, 9, 8, 1", "9, 10, 8, 2", "10, 10, 8, 2", "11, 10, 8, 2", "12, 10, 8, 2",
    "13, 10, 8, 2", "14, 10, 8, 2", "15, 10, 8, 2", "16, 10, 8, 2", "17, 10, 8, 2"
  })
  void everyRectangleIsTheTables(int people, int ofWidth, int ofHeight, int columns) {
    ClassLayout layout = new ClassLayout(1920, 1080, people);
    int width = 1920 / ofWidth;
    int height = 1080 / ofHeight;
    assertRectangle(layout.big(0), 0, 0, 1920 - columns * width, 1080);
    for (int i = 0; i < Math.min(people, 16); i++) {
      int x = 1920 - columns * width + i / 8 * width;
      assertRectangle(layout.small(i), x, i % 8 * height, width, height);
    }
    assertThat(layout.small(16)).as("the seventeenth").isNull();
  }

  @Test
  void withoutPeopleTheBoardHasAll() {
    ClassLayout layout = new ClassLayout(1920, 1080, 0);
    assertRectangle(layout.big(0), 0, 0, 1920, 1080);
    assertThat(layout.small(0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 6, 8, 9, 16})
  void nothingCoversAnything(int people) {
    for (int[] size : new int[][] {{1920, 1080}, {1280, 960}, {853, 481}, {320, 240}}) {
      ClassLayout layout = new ClassLayout(size[0], size[1], people);
      List<Cell> cells = new ArrayList<>(List.of(layout.big(0)));
      for (int i = 0; i < people; i++) {
        cells.add(layout.small(i));
      }
      for (Cell one : cells) {
        assertThat(one.x() + one.width()).isLessThanOrEqualTo(size[0]);
        assertThat(one.y() + one.height()).isLessThanOrEqualTo(size[1]);
        for (Cell other : cells) {
          assertThat(one.equals(other) || apart(one, other)).as("%s and %s", one, other).isTrue();
        }
      }
    }
  }

  private static boolean apart(Cell one, Cell other) {
    return one.x() + one.width() <= other.x()
        || other.x() + other.width() <= one.x()
        || one.y() + one.height() <= other.y()
        || other.y() + other.height() <= one.y();
  }

  private static void assertRectangle(Cell cell, int x, int y, int width, int height) {
    assertThat(List.of(cell.x(), cell.y(), cell.width(), cell.height()))
        .containsExactly(x, y, width, height);
  }
}
