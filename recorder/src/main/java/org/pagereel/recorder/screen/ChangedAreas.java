package org.pagereel.recorder.screen;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.av.Area;
import org.pagereel.recorder.av.ScreenPicture;

/**
 * Finds where two pictures differ, as a few rectangles on a grid of tiles.
 *
 * <p>Whole bands of rows are compared first, which is one vectorised memory comparison each; only a
 * band that differs is looked at tile by tile. Neighbouring tiles are merged, because a conversion
 * costs per call as well as per pixel.
 */
final class ChangedAreas {
  private static final int BAND_ROWS = 16;
  private static final int TILE_COLUMNS = 64;

  /** Runs of changed tiles nearer than this are one: converting the gap is cheaper than a call. */
  private static final int JOIN_TILES = 3;

  private ChangedAreas() {}

  /**
   * The areas in which two pictures differ.
   *
   * @param within the area to compare; the rest is known to be equal
   * @return non-overlapping areas with even edges; empty when nothing differs
   */
  static List<Area> between(ScreenPicture before, ScreenPicture after, Area within) {
    int width = after.size().width();
    int height = after.size().height();
    List<Area> done = new ArrayList<>();
    List<Area> growing = new ArrayList<>();
    int firstBand = Math.max(0, within.top()) / BAND_ROWS * BAND_ROWS;
    for (int top = firstBand; top < Math.min(within.bottom(), height); top += BAND_ROWS) {
      int bottom = Math.min(top + BAND_ROWS, height);
      List<Area> runs = List.of();
      if (differ(before, after, (long) top * after.stride(), (long) bottom * after.stride())) {
        runs = runs(before, after, top, bottom, within, width);
      }
      growing = merge(growing, runs, done);
    }
    done.addAll(growing);
    return done;
  }

  /** The changed stretches of one band. */
  private static List<Area> runs(
      ScreenPicture before, ScreenPicture after, int top, int bottom, Area within, int width) {
    List<Area> runs = new ArrayList<>(2);
    int start = -1;
    int end = -1;
    int first = Math.max(0, within.left()) / TILE_COLUMNS;
    int last = (Math.min(within.right(), width) - 1) / TILE_COLUMNS;
    for (int tile = first; tile <= last; tile++) {
      if (!tileDiffers(before, after, top, bottom, tile, width)) {
        continue;
      }
      if (start >= 0 && tile - end > JOIN_TILES) {
        runs.add(band(start, end, top, bottom, width));
        start = -1;
      }
      start = start < 0 ? tile : start;
      end = tile;
    }
    if (start >= 0) {
      runs.add(band(start, end, top, bottom, width));
    }
    return runs;
  }

  private static Area band(int firstTile, int lastTile, int top, int bottom, int width) {
    return new Area(
        firstTile * TILE_COLUMNS, top, Math.min((lastTile + 1) * TILE_COLUMNS, width), bottom);
  }

  private static boolean tileDiffers(
      ScreenPicture before, ScreenPicture after, int top, int bottom, int tile, int width) {
    long left = (long) tile * TILE_COLUMNS * ScreenPicture.PIXEL_BYTES;
    long right = Math.min((tile + 1L) * TILE_COLUMNS, width) * ScreenPicture.PIXEL_BYTES;
    for (int row = top; row < bottom; row++) {
      long start = (long) row * after.stride();
      if (differ(before, after, start + left, start + right)) {
        return true;
      }
    }
    return false;
  }

  private static boolean differ(ScreenPicture before, ScreenPicture after, long from, long to) {
    return MemorySegment.mismatch(before.pixels(), from, to, after.pixels(), from, to) >= 0;
  }

  /** Lets areas that ended in the band above grow by this band's runs; the others are done. */
  private static List<Area> merge(List<Area> growing, List<Area> runs, List<Area> done) {
    List<Area> next = new ArrayList<>(runs);
    for (Area above : growing) {
      int match = matchOf(above, next);
      if (match < 0) {
        done.add(above);
      } else {
        next.set(match, above.around(next.get(match)));
      }
    }
    return next;
  }

  /** The run that makes a good rectangle with the area above; -1 when too much would be wasted. */
  private static int matchOf(Area above, List<Area> runs) {
    for (int i = 0; i < runs.size(); i++) {
      Area run = runs.get(i);
      boolean touches = run.top() <= above.bottom();
      if (touches && run.left() == above.left() && run.right() == above.right()) {
        return i;
      }
      boolean overlaps = touches && run.left() < above.right() && above.left() < run.right();
      int wasted = above.around(run).pixels() - above.pixels() - run.pixels();
      if (overlaps && runs.size() == 1 && wasted * 2 < run.pixels() + above.pixels()) {
        return i;
      }
    }
    return -1;
  }
}
