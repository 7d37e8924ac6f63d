package org.pagereel.recorder.mix;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.av.Plane;
import org.pagereel.recorder.av.PlaneConversion;

/**
 * Scales the planes of a stream's pictures, of each only the bands of rows that have changed: on a
 * whiteboard that is being written on those are few. Each plane alone, and not the picture, because
 * then its brightness may begin and end at odd pixels of the canvas.
 *
 * <p>A band is scaled with some rows around it, so that nothing is seen of its edges. Bands and
 * what is around them begin where a row before and a row after scaling fall together: their numbers
 * of rows are multiples of two small ones, the units.
 */
final class PlaneScaler implements AutoCloseable {
  private static final int BANDS = 12;

  /** The number of rows on either side that cubic interpolation uses. */
  private static final int KERNEL_ROWS = 3;

  private final Arena arena = Arena.ofConfined();
  private final PlaneConversion whole;
  private final PlaneConversion windowed;
  private final Plane window;

  private final int units;
  private final int bandUnits;
  private final int aroundUnits;
  private final int windowUnits;
  private final int unitFrom;
  private final int unitTo;

  PlaneScaler(int fromWidth, int fromHeight, int width, int height) {
    units = greatestCommonDivisor(fromHeight, height);
    unitFrom = fromHeight / units;
    unitTo = height / units;
    bandUnits = (units + BANDS - 1) / BANDS;
    int around = KERNEL_ROWS * Math.max(1, (fromHeight + height - 1) / height);
    aroundUnits = (around + unitFrom - 1) / unitFrom;
    windowUnits = Math.min(units, bandUnits + 2 * aroundUnits);
    whole = new PlaneConversion(fromWidth, fromHeight, width, height);
    windowed = new PlaneConversion(fromWidth, windowUnits * unitFrom, width, windowUnits * unitTo);
    window = Plane.of(arena, width, windowUnits * unitTo);
  }

  /**
   * Scales.
   *
   * @param before the plane that was scaled into this target last; null if there is none
   * @return false when nothing has changed since
   */
  boolean scale(Plane from, @Nullable Plane before, Plane to) {
    boolean[] changed = new boolean[BANDS];
    int windows = 0;
    for (int band = 0; band * bandUnits < units; band++) {
      int first = windowStart(band) * unitFrom;
      int rows = windowUnits * unitFrom;
      changed[band] = before == null || !from.rows(first, rows).sameAs(before.rows(first, rows));
      windows += changed[band] ? 1 : 0;
    }
    if (windows * windowUnits >= units) {
      whole.scale(from, to);
      return true;
    }
    for (int band = 0; band < BANDS; band++) {
      if (changed[band]) {
        scaleBand(band, from, to);
      }
    }
    return windows > 0;
  }

  private void scaleBand(int band, Plane from, Plane to) {
    int start = windowStart(band);
    windowed.scale(from.rows(start * unitFrom, windowUnits * unitFrom), window);
    int first = band * bandUnits;
    int last = Math.min(units, first + bandUnits);
    Plane rows = window.rows((first - start) * unitTo, (last - first) * unitTo);
    to.put(rows, 0, first * unitTo);
  }

  /** The unit at which a band's window begins; those at the ends are pushed inwards. */
  private int windowStart(int band) {
    return Math.clamp((long) band * bandUnits - aroundUnits, 0, units - windowUnits);
  }

  private static int greatestCommonDivisor(int one, int other) {
    return other == 0 ? one : greatestCommonDivisor(other, one % other);
  }

  @Override
  public void close() {
    whole.close();
    windowed.close();
    arena.close();
  }
}
