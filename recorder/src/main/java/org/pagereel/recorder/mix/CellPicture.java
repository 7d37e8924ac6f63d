package org.pagereel.recorder.mix;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.av.Colour;
import org.pagereel.recorder.av.Frame;
import org.pagereel.recorder.av.PictureShape;
import org.pagereel.recorder.av.PlainColours;
import org.pagereel.recorder.av.Plane;
import org.pagereel.recorder.av.Yuv;

/** Pictures of one shape on their way into a cell; keeps the last one as it is on the canvas. */
final class CellPicture implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final PictureShape shape;
  private final Cell cell;
  private final Colour bars;
  private final Fitted fitted;
  private final @Nullable PlainColours colours;
  private final PlaneScaler brightness;
  private final PlaneScaler colour;
  private final Yuv scaled;
  private final Yuv upright;

  CellPicture(PictureShape shape, Cell cell) {
    this.shape = shape;
    this.cell = cell;
    bars = Colour.of(cell.background());
    fitted = Fitted.of(shape, cell);
    // All colour samples that the picture touches; at odd edges they are shared with what is
    // beside.
    int colourWidth = Yuv.half(fitted.x() + fitted.width()) - (fitted.x() >> 1);
    int colourHeight = Yuv.half(fitted.y() + fitted.height()) - (fitted.y() >> 1);
    upright = planes(fitted.width(), fitted.height(), colourWidth, colourHeight);
    boolean lies = shape.lies();
    scaled =
        shape.quarters() == 0
            ? upright
            : planes(
                lies ? fitted.height() : fitted.width(),
                lies ? fitted.width() : fitted.height(),
                lies ? colourHeight : colourWidth,
                lies ? colourWidth : colourHeight);
    colours = shape.isPlain() ? null : new PlainColours(shape);
    brightness = scaler(fitted.fromWidth(), fitted.fromHeight(), scaled.y());
    colour = scaler(Yuv.half(fitted.fromWidth()), Yuv.half(fitted.fromHeight()), scaled.u());
  }

  PictureShape shape() {
    return shape;
  }

  /**
   * Takes a picture of this shape.
   *
   * @param before the one that it took last; null if there is none
   * @return false when it looks the same
   */
  boolean show(Frame frame, @Nullable Frame before) {
    // Of a picture that is converted first, the one before is not kept.
    Yuv picture = colours == null ? frame.picture() : colours.convert(frame);
    Yuv last = colours == null && before != null ? before.picture() : null;
    boolean changed =
        brightness.scale(part(picture.y(), 0), last == null ? null : part(last.y(), 0), scaled.y());
    changed |=
        colour.scale(part(picture.u(), 1), last == null ? null : part(last.u(), 1), scaled.u());
    changed |=
        colour.scale(part(picture.v(), 1), last == null ? null : part(last.v(), 1), scaled.v());
    if (changed && shape.quarters() != 0) {
      upright.y().putTurned(scaled.y(), shape.quarters());
      upright.u().putTurned(scaled.u(), shape.quarters());
      upright.v().putTurned(scaled.v(), shape.quarters());
    }
    return changed;
  }

  /** Draws the whole cell. */
  void draw(Yuv canvas) {
    int right = fitted.x() + fitted.width();
    int bottom = fitted.y() + fitted.height();
    int cellRight = cell.x() + cell.width();
    int cellBottom = cell.y() + cell.height();
    bar(canvas, cell.x(), cell.y(), cellRight, fitted.y());
    bar(canvas, cell.x(), bottom, cellRight, cellBottom);
    bar(canvas, cell.x(), fitted.y(), fitted.x(), bottom);
    bar(canvas, right, fitted.y(), cellRight, bottom);
    canvas.y().put(upright.y(), fitted.x(), fitted.y());
    canvas.u().put(upright.u(), fitted.x() >> 1, fitted.y() >> 1);
    canvas.v().put(upright.v(), fitted.x() >> 1, fitted.y() >> 1);
  }

  private void bar(Yuv canvas, int left, int top, int right, int bottom) {
    if (left < right && top < bottom) {
      canvas.fill(left, top, right, bottom, bars);
    }
  }

  private Plane part(Plane plane, int shift) {
    return plane.part(
        fitted.fromX() >> shift,
        fitted.fromY() >> shift,
        (fitted.fromWidth() + shift) >> shift,
        (fitted.fromHeight() + shift) >> shift);
  }

  private Yuv planes(int width, int height, int colourWidth, int colourHeight) {
    return new Yuv(
        Plane.of(arena, width, height),
        Plane.of(arena, colourWidth, colourHeight),
        Plane.of(arena, colourWidth, colourHeight));
  }

  private static PlaneScaler scaler(int fromWidth, int fromHeight, Plane to) {
    return new PlaneScaler(fromWidth, fromHeight, to.width(), to.height());
  }

  @Override
  public void close() {
    brightness.close();
    colour.close();
    if (colours != null) {
      colours.close();
    }
    arena.close();
  }
}
