package org.pagereel.server.tools.measure;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The loudness of one pitch: a single bin of a Fourier transform, with a Hann window. */
public final class Tone {
  private static final int WINDOW = Decoded.SOUND_RATE / 20;

  private Tone() {}

  /**
   * The loudest twentieth of a second of that pitch, as a sine's amplitude from 0 to 1.
   *
   * @param sound at {@link Decoded#SOUND_RATE}
   */
  public static double loudest(short[] sound, double hertz) {
    double loudest = 0;
    for (int at = 0; at + WINDOW <= sound.length; at += WINDOW) {
      loudest = Math.max(loudest, amplitude(sound, at, hertz));
    }
    return loudest;
  }

  /**
   * How loud that pitch is in an ordinary second: the median over the seconds of each one's loudest
   * twentieth. Somebody else's beep that leaks into a file does so every second; a beep that WebRTC
   * stretches on a busy machine is for this once a little of every pitch.
   *
   * @param sound at {@link Decoded#SOUND_RATE}
   */
  public static double usual(short[] sound, double hertz) {
    double[] seconds =
        IntStream.rangeClosed(0, Math.max(0, sound.length - 1) / Decoded.SOUND_RATE)
            .map(second -> second * Decoded.SOUND_RATE)
            .mapToObj(at ->
                Arrays.copyOfRange(sound, at, Math.min(sound.length, at + Decoded.SOUND_RATE)))
            .mapToDouble(second -> loudest(second, hertz))
            .sorted()
            .toArray();
    return seconds[seconds.length / 2];
  }

  private static double amplitude(short[] sound, int from, double hertz) {
    double turn = 2 * Math.PI * hertz / Decoded.SOUND_RATE;
    double real = 0;
    double imaginary = 0;
    for (int i = 0; i < WINDOW; i++) {
      // Without a window a beep that begins in here would sound a little like every pitch.
      double weighted = sound[from + i] * (1 - Math.cos(2 * Math.PI * i / WINDOW));
      real += weighted * Math.cos(turn * i);
      imaginary += weighted * Math.sin(turn * i);
    }
    return 2 * Math.hypot(real, imaginary) / WINDOW / Short.MAX_VALUE;
  }
}
