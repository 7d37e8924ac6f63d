package org.pagereel.server.tools.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * When a page of ours flashed and beeped, found in the finished file.
 *
 * @param flashes seconds at which the patch turned white
 * @param beeps seconds at which a beep began
 */
public record FlashBeep(List<Double> flashes, List<Double> beeps) {
  private static final int WHITE = 150;
  private static final int LOUD = 1500;

  /** A beep of 100 ms swings through zero; a pause this long separates two. */
  private static final int QUIET_SAMPLES = Decoded.SOUND_RATE / 10;

  private static final double PAIR_SECONDS = 0.4;

  /**
   * Looks for flashes in part of the picture.
   *
   * @param crop {@code width:height:x:y} of the patch in pixels
   */
  public static FlashBeep of(Path file, String crop) {
    return new FlashBeep(flashes(file, crop), beeps(file, Decoded.sound(file)));
  }

  /** The same, when only one channel beeps. */
  public static FlashBeep of(Path file, String crop, int channel) {
    return new FlashBeep(flashes(file, crop), beeps(file, Decoded.channel(file, channel)));
  }

  /** Only the flashes of a stretch of the file, in seconds, with all beeps. */
  public FlashBeep between(double from, double until) {
    return new FlashBeep(
        flashes.stream().filter(flash -> flash >= from && flash < until).toList(), beeps);
  }

  /** Without the flashes that are near one of these moments, all in seconds; with all beeps. */
  public FlashBeep awayFrom(List<Double> moments, double near) {
    return new FlashBeep(
        flashes.stream()
            .filter(flash -> moments.stream().allMatch(at -> Math.abs(at - flash) > near))
            .toList(),
        beeps);
  }

  /** Beep minus flash in milliseconds, for each flash that has a beep near it. */
  public double[] offsetsMillis() {
    return flashes.stream()
        .flatMap(flash ->
            beeps.stream()
                .map(beep -> beep - flash)
                .filter(offset -> Math.abs(offset) < PAIR_SECONDS)
                .min((a, b) -> Double.compare(Math.abs(a), Math.abs(b)))
                .stream())
        .mapToDouble(seconds -> seconds * 1000)
        .toArray();
  }

  /** The 95th percentile of the absolute offsets; NaN without any. */
  public double p95Millis() {
    return p95(Arrays.stream(offsetsMillis()));
  }

  /** The same of offsets from several files. */
  public static double p95(DoubleStream offsets) {
    double[] sorted = offsets.map(Math::abs).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(sorted.length * 0.95) - 1];
  }

  private static List<Double> flashes(Path file, String crop) {
    double[] times = Decoded.pictureTimes(file);
    List<byte[]> patches = Decoded.grey(file, crop, 1, 1);
    List<Double> flashes = new ArrayList<>();
    boolean on = false;
    for (int i = 0; i < Math.min(times.length, patches.size()); i++) {
      boolean white = Byte.toUnsignedInt(patches.get(i)[0]) > WHITE;
      if (white && !on) {
        flashes.add(times[i]);
      }
      on = white;
    }
    return flashes;
  }

  private static List<Double> beeps(Path file, short[] sound) {
    double start = Decoded.soundStart(file);
    List<Double> beeps = new ArrayList<>();
    int quiet = QUIET_SAMPLES + 1;
    for (int i = 0; i < sound.length; i++) {
      if (Math.abs(sound[i]) > LOUD) {
        if (quiet > QUIET_SAMPLES) {
          beeps.add(start + (double) i / Decoded.SOUND_RATE);
        }
        quiet = 0;
      } else {
        quiet++;
      }
    }
    return beeps;
  }
}
