package org.pagereel.server.tools.measure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.pagereel.recorder.av.FfmpegTool;

/** One decoded picture as RGB. */
public record Pixels(int width, int height, List<Integer> rgb) {

  /** The first picture of a file. */
  public static Pixels ofFirstPicture(Path file) {
    return of(file, List.of());
  }

  /** The picture that a file ends with. */
  public static Pixels ofLastPicture(Path file) {
    return of(file, List.of("-sseof", "-1.5"));
  }

  /** The picture at a time, in whole seconds. */
  public static Pixels at(Path file, int seconds) {
    return of(file, List.of("-ss", String.valueOf(seconds)));
  }

  private static Pixels of(Path file, List<String> seek) {
    byte[] size =
        Decoded.run(
            FfmpegTool.ffprobe(
                List.of(
                    "-select_streams",
                    "v",
                    "-show_entries",
                    "stream=width,height",
                    "-of",
                    "csv=p=0:s=x",
                    file.toString())));
    String[] parts =
        new String(size, StandardCharsets.US_ASCII).lines().findFirst().orElse("").split("x", -1);
    int width = Integer.parseInt(parts[0].strip());
    int height = Integer.parseInt(parts[1].strip());
    List<String> arguments = new ArrayList<>(seek);
    arguments.addAll(
        List.of(
            "-i", file.toString(), "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"));
    byte[] bytes = Decoded.run(FfmpegTool.ffmpeg(arguments));
    return new Pixels(
        width,
        height,
        IntStream.range(0, bytes.length / 3)
            .map(i -> channel(bytes, i, 0) << 16 | channel(bytes, i, 1) << 8 | channel(bytes, i, 2))
            .boxed()
            .toList());
  }

  private static int channel(byte[] bytes, int pixel, int channel) {
    return Byte.toUnsignedInt(bytes[3 * pixel + channel]);
  }

  /** A pixel as {@code 0xRRGGBB}. */
  public int at(int x, int y) {
    return rgb.get(y * width + x);
  }

  /** A sample of the outermost pixels of all four edges. */
  public List<Integer> ring() {
    IntStream across = IntStream.range(1, 16).map(i -> i * width / 16);
    IntStream down = IntStream.range(1, 16).map(i -> i * height / 16);
    return IntStream.concat(
            across.flatMap(x -> IntStream.of(at(x, 0), at(x, height - 1))),
            down.flatMap(y -> IntStream.of(at(0, y), at(width - 1, y))))
        .boxed()
        .toList();
  }

  /** The share of a rectangle's pixels that are of a kind, from 0 to 1. */
  public double share(int left, int top, int wide, int high, IntPredicate kind) {
    long count =
        IntStream.range(0, wide * high)
            .map(i -> at(left + i % wide, top + i / wide))
            .filter(kind)
            .count();
    return count / (double) (wide * high);
  }

  public static boolean isDark(int rgb) {
    return (rgb >> 16 & 0xff) < 100 && (rgb >> 8 & 0xff) < 100 && (rgb & 0xff) < 100;
  }

  /** Also where a single line shares its colour sample with a neutral neighbour. */
  public static boolean isMagenta(int rgb) {
    int green = rgb >> 8 & 0xff;
    return (rgb >> 16 & 0xff) > green + 60 && (rgb & 0xff) > green + 60;
  }

  public static boolean isYellow(int rgb) {
    return (rgb >> 16 & 0xff) > 180 && (rgb >> 8 & 0xff) > 130 && (rgb & 0xff) < 140;
  }
}
