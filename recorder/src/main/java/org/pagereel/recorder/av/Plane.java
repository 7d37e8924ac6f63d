package org.pagereel.recorder.av;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Brightness or one colour of a picture: rows of bytes in native memory.
 *
 * @param stride bytes from a row to the next
 */
public record Plane(MemorySegment pixels, int width, int height, int stride) {
  private static final int ALIGNMENT = 64;

  /** Room that swscale may write into beyond the end of a row. */
  private static final int PADDING = 64;

  public static Plane of(Arena arena, int width, int height) {
    int stride = (width + PADDING + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return new Plane(arena.allocate((long) stride * height, ALIGNMENT), width, height, stride);
  }

  /** Memory of FFmpeg. */
  static Plane at(long address, int width, int height, int stride) {
    long bytes = (long) stride * (height - 1) + width;
    return new Plane(MemorySegment.ofAddress(address).reinterpret(bytes), width, height, stride);
  }

  /** A rectangle of this plane; it must lie within. */
  public Plane part(int x, int y, int partWidth, int partHeight) {
    return new Plane(pixels.asSlice((long) y * stride + x), partWidth, partHeight, stride);
  }

  public void fill(int x, int y, int areaWidth, int areaHeight, byte value) {
    int left = Math.clamp(x, 0, width);
    int right = Math.clamp(x + areaWidth, left, width);
    int bottom = Math.clamp(y + areaHeight, 0, height);
    for (int row = Math.max(0, y); row < bottom; row++) {
      pixels.asSlice((long) row * stride + left, right - left).fill(value);
    }
  }

  /** Copies all of the other plane to this place; what sticks out is cut off. */
  public void put(Plane other, int x, int y) {
    int left = Math.clamp(x, 0, width);
    int right = Math.clamp(x + other.width, left, width);
    int bottom = Math.clamp(y + other.height, 0, height);
    for (int row = Math.max(0, y); row < bottom; row++) {
      long from = (long) (row - y) * other.stride + (left - x);
      MemorySegment.copy(other.pixels, from, pixels, (long) row * stride + left, right - left);
    }
  }

  /** Copies the other plane turned clockwise by this number of quarters of a circle. */
  public void putTurned(Plane other, int quarters) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        long from =
            switch (quarters) {
              case 1 -> (long) (other.height - 1 - x) * other.stride + y;
              case 2 -> (long) (other.height - 1 - y) * other.stride + (other.width - 1 - x);
              case 3 -> (long) x * other.stride + (other.width - 1 - y);
              default -> (long) y * other.stride + x;
            };
        byte pixel = other.pixels.get(ValueLayout.JAVA_BYTE, from);
        pixels.set(ValueLayout.JAVA_BYTE, (long) y * stride + x, pixel);
      }
    }
  }

  /** These rows of it. */
  public Plane rows(int first, int count) {
    return part(0, first, width, count);
  }

  public boolean sameAs(Plane other) {
    for (int row = 0; row < height; row++) {
      long from = (long) row * stride;
      long otherFrom = (long) row * other.stride;
      if (MemorySegment.mismatch(
              pixels, from, from + width, other.pixels, otherFrom, otherFrom + width)
          >= 0) {
        return false;
      }
    }
    return true;
  }
}
