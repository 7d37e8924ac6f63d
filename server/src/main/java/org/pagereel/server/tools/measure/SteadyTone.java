package org.pagereel.server.tools.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How steady a tone is that should not have stopped once: looked at in windows of 10 ms, each of
 * which must have the tone's level and go on in the phase of the one before.
 *
 * @param seconds that were looked at
 * @param breaksAt seconds in the file at which it breaks: windows, or rows of them, in which the
 *     tone is missing or jumps in phase
 * @param silentMillis windows in which the tone is all but gone, together
 * @param longestMillis the longest row of these
 * @param level amplitude from 0 to 1, the median of all windows
 */
public record SteadyTone(
    double seconds, List<Double> breaksAt, int silentMillis, int longestMillis, double level) {
  private static final int RATE = Decoded.SOUND_RATE;
  private static final int WINDOW = RATE / 100;

  /** Less than this part of the level is a hole, and less than that is silence. */
  private static final double HOLE = 0.7;

  private static final double SILENCE = 0.3;

  /** Radians: a twentieth of a turn; a slow drift turns by thousandths a window. */
  private static final double JUMP = 0.35;

  /** Windows that follow each other so closely belong to one break. */
  private static final int APART = 3;

  /**
   * Looks at a tone.
   *
   * @param sound at {@link Decoded#SOUND_RATE}
   * @param hertz its pitch
   * @param fromSeconds leaves out the page's beginning
   * @param untilSeconds leaves out its end
   */
  public static SteadyTone of(
      short[] sound, double hertz, double fromSeconds, double untilSeconds) {
    int first = (int) (fromSeconds * RATE);
    int count =
        (int) ((Math.min(untilSeconds, (double) sound.length / RATE) * RATE) - first) / WINDOW;
    double[] levels = new double[Math.max(0, count)];
    double[] phases = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      demodulate(sound, first + i * WINDOW, hertz, i, levels, phases);
    }
    return of(levels, phases, fromSeconds);
  }

  public int breaks() {
    return breaksAt.size();
  }

  /** Breaks in a minute. */
  public double breaksPerMinute() {
    return breaks() * 60 / seconds;
  }

  private static SteadyTone of(double[] levels, double[] phases, double fromSeconds) {
    double[] sorted = levels.clone();
    Arrays.sort(sorted);
    double level = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    List<Double> breaksAt = new ArrayList<>();
    int lastBad = -APART;
    int silent = 0;
    int row = 0;
    int longest = 0;
    for (int i = 0; i < levels.length; i++) {
      boolean jumps = i > 0 && Math.abs(turn(phases[i] - phases[i - 1])) > JUMP;
      if (levels[i] < HOLE * level || jumps) {
        if (i - lastBad >= APART) {
          breaksAt.add(fromSeconds + i / 100.0);
        }
        lastBad = i;
      }
      row = levels[i] < SILENCE * level ? row + 1 : 0;
      silent += row > 0 ? 1 : 0;
      longest = Math.max(longest, row);
    }
    return new SteadyTone(levels.length / 100.0, breaksAt, silent * 10, longest * 10, level);
  }

  private static void demodulate(
      short[] sound, int from, double hertz, int window, double[] levels, double[] phases) {
    double real = 0;
    double imaginary = 0;
    for (int i = 0; i < WINDOW; i++) {
      double weighted = sound[from + i] * (1 - Math.cos(2 * Math.PI * i / WINDOW));
      double angle = 2 * Math.PI * hertz * (from + i) / RATE;
      real += weighted * Math.cos(angle);
      imaginary -= weighted * Math.sin(angle);
    }
    levels[window] = 2 * Math.hypot(real, imaginary) / WINDOW / Short.MAX_VALUE;
    phases[window] = Math.atan2(imaginary, real);
  }

  /** An angle as the shortest way to it. */
  private static double turn(double angle) {
    return Math.IEEEremainder(angle, 2 * Math.PI);
  }
}
