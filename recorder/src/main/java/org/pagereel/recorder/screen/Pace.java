package org.pagereel.recorder.screen;

/**
 * At most {@code fps} pictures a second on average. A page that paints at that rate is never in
 * step with us, so up to two pictures may follow each other closely: none of them is lost.
 */
final class Pace {
  private static final double MAX_SAVED = 2;

  private final double perMicro;
  private double saved = MAX_SAVED;
  private long last;

  Pace(int fps) {
    // A little above the rate, so that a page which paints at exactly this rate never waits.
    perMicro = fps * 1.02 / 1e6;
  }

  /** The time until the next picture is due. */
  long waitMicros(long now) {
    saved = Math.min(MAX_SAVED, saved + (now - last) * perMicro);
    last = now;
    return saved >= 1 ? 0 : (long) Math.ceil((1 - saved) / perMicro);
  }

  void taken() {
    saved -= 1;
  }
}
