package org.pagereel.recorder;

/**
 * What happened to the pictures of a recording.
 *
 * @param grabbed copied from the screen, because the page had painted
 * @param encoded given to the encoder, repeats of a resting picture included
 * @param unchanged grabbed, but equal to the one before
 * @param dropped painted, but lost because the encoder was behind
 */
public record Counters(long grabbed, long encoded, long unchanged, long dropped) {
  public static final Counters NONE = new Counters(0, 0, 0, 0);

  public Counters plus(Counters other) {
    return new Counters(
        grabbed + other.grabbed,
        encoded + other.encoded,
        unchanged + other.unchanged,
        dropped + other.dropped);
  }
}
