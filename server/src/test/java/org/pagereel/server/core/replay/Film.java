package org.pagereel.server.core.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.pagereel.server.tools.measure.Decoded;

/** A decoded video in grey, which tells what stands on the screen at any instant. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Film(int width, int height, double[] times, List<byte[]> pictures) {

  static Film of(Path file, int width, int height) {
    Film film =
        new Film(
            width,
            height,
            Decoded.pictureTimes(file),
            Decoded.grey(file, width + ":" + height + ":0:0", width, height));
    if (film.times.length != film.pictures.size()) {
      throw new AssertionError(
          film.times.length + " times of " + film.pictures.size() + " pictures");
    }
    return film;
  }

  /** The picture that stands at this time, in seconds. */
  byte[] at(double seconds) {
    int last = 0;
    while (last + 1 < times.length && times[last + 1] <= seconds + 1e-6) {
      last++;
    }
    return pictures.get(last);
  }

  /** 0 for black to 255 for white. */
  int grey(double seconds, int x, int y) {
    return Byte.toUnsignedInt(at(seconds)[y * width + x]);
  }

  /** How much of a rectangle is darker than this. */
  double share(double seconds, int left, int top, int wide, int high, int darker) {
    byte[] picture = at(seconds);
    long dark =
        IntStream.range(0, wide * high)
            .filter(i ->
                Byte.toUnsignedInt(picture[(top + i / wide) * width + left + i % wide]) < darker)
            .count();
    return dark / (double) (wide * high);
  }

  /** How far apart two pictures are on average. */
  static double difference(byte[] one, byte[] other) {
    return IntStream.range(0, one.length)
        .mapToDouble(i -> Math.abs(Byte.toUnsignedInt(one[i]) - Byte.toUnsignedInt(other[i])))
        .average()
        .orElseThrow();
  }
}
