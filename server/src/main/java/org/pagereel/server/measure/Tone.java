package org.pagereel.server.measure;

/** How loud one pitch is (Goertzel's algorithm). */
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
      real += sound[from + i] * Math.cos(turn * i);
      imaginary += sound[from + i] * Math.sin(turn * i);
    }
    return 2 * Math.hypot(real, imaginary) / WINDOW / Short.MAX_VALUE;
  }
}
