package org.pagereel.recorder.mix;

import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.av.PictureShape;

/**
 * How a picture goes into a cell.
 *
 * @param fromX the part of the picture, as it is stored, that is shown; even, as is {@code fromY}
 * @param x the place of that part on the canvas, turned upright
 */
record Fitted(
    int fromX, int fromY, int fromWidth, int fromHeight, int x, int y, int width, int height) {

  static Fitted of(PictureShape shape, Cell cell) {
    double storedWidth = shape.width() * shape.pixelAspect();
    double storedHeight = shape.height();
    double width = shape.lies() ? storedHeight : storedWidth;
    double height = shape.lies() ? storedWidth : storedHeight;
    return cell.fill() == Fill.CROP
        ? crop(shape, cell, width, height)
        : fit(shape, cell, width, height);
  }

  private static Fitted fit(PictureShape shape, Cell cell, double width, double height) {
    double scale = Math.min(cell.width() / width, cell.height() / height);
    int shownWidth = Math.clamp(Math.round(width * scale), 1, cell.width());
    int shownHeight = Math.clamp(Math.round(height * scale), 1, cell.height());
    int x = cell.x() + (cell.width() - shownWidth) / 2;
    int y = cell.y() + (cell.height() - shownHeight) / 2;
    return new Fitted(0, 0, shape.width(), shape.height(), x, y, shownWidth, shownHeight);
  }

  /** In the middle, so that a turn of the picture turns the part only. */
  private static Fitted crop(PictureShape shape, Cell cell, double width, double height) {
    double scale = Math.max(cell.width() / width, cell.height() / height);
    double partWidth = cell.width() / (width * scale);
    double partHeight = cell.height() / (height * scale);
    int fromWidth = part(shape.width(), shape.lies() ? partHeight : partWidth);
    int fromHeight = part(shape.height(), shape.lies() ? partWidth : partHeight);
    return new Fitted(
        ((shape.width() - fromWidth) / 2) & ~1,
        ((shape.height() - fromHeight) / 2) & ~1,
        fromWidth,
        fromHeight,
        cell.x(),
        cell.y(),
        cell.width(),
        cell.height());
  }

  private static int part(int pixels, double fraction) {
    return Math.clamp(Math.round(pixels * fraction), 1, pixels);
  }
}
