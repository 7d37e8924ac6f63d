package org.pagereel.server.measure;

/** How loud one pitch is: a single bin of a Fourier transform, with a Hann window. */
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
