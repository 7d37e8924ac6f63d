package org.pagereel.recorder.av;

import java.lang.foreign.Arena;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A 4:2:0 picture in BT.709, limited range: what the encoder takes. */
public record Yuv(Plane y, Plane u, Plane v) {
  public static Yuv of(Arena arena, int width, int height) {
    return new Yuv(
        Plane.of(arena, width, height),
        Plane.of(arena, half(width), half(height)),
        Plane.of(arena, half(width), half(height)));
  }

  /** The picture in a frame; it must be of that kind. */
  static Yuv of(AVFrame frame) {
    int width = frame.width();
    int height = frame.height();
    return new Yuv(
        Plane.at(frame.data(0).address(), width, height, frame.linesize(0)),
        Plane.at(frame.data(1).address(), half(width), half(height), frame.linesize(1)),
        Plane.at(frame.data(2).address(), half(width), half(height), frame.linesize(2)));
  }

  /** Right and bottom are exclusive; colour samples at odd edges are filled too. */
  public void fill(int left, int top, int right, int bottom, Colour colour) {
    y.fill(left, top, right - left, bottom - top, colour.y());
    int halfLeft = left >> 1;
    int halfTop = top >> 1;
    int halfWidth = half(right) - halfLeft;
    int halfHeight = half(bottom) - halfTop;
    u.fill(halfLeft, halfTop, halfWidth, halfHeight, colour.u());
    v.fill(halfLeft, halfTop, halfWidth, halfHeight, colour.v());
  }

  /** Colour samples beside each other in so many pixels. */
  public static int half(int pixels) {
    return (pixels + 1) >> 1;
  }
}
