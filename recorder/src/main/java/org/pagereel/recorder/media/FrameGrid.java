package org.pagereel.recorder.media;

/**
 * Places pictures on the grid of the frame rate: whole multiples of one frame, each used once, not
 * all used. Players, editors and transcoders then see an ordinary video of that rate, and a page
 * that paints at that rate with some jitter loses nothing: a picture moves by half a frame at most.
 */
final class FrameGrid {
  /** A picture that would be shown later than this many frames is left to the next one. */
  private static final double MOST_LATE = 1.5;

  private final int fps;
  private long last = -1;

  FrameGrid(int fps) {
    this.fps = fps;
  }

  /** The frame for a picture of this media time; -1 when the frames around it are taken. */
  long frameFor(long mediaMicros) {
    double exact = mediaMicros * (fps / 1e6);
    long frame = Math.max(last + 1, Math.round(exact));
    return frame - exact > MOST_LATE ? -1 : take(frame);
  }

  /** The frame for a picture that must not be left out. */
  long nextFrameFor(long mediaMicros) {
    return take(Math.max(last + 1, Math.round(mediaMicros * (fps / 1e6))));
  }

  /** True when nothing has been placed yet. */
  boolean isEmpty() {
    return last < 0;
  }

  /** The frame that shows last, given where the recording ends; -1 when it is taken. */
  long lastFrameBefore(long mediaMicros) {
    long frame = Math.round(mediaMicros * (fps / 1e6)) - 1;
    return frame > last ? take(frame) : -1;
  }

  long mediaMicros(long frame) {
    return Math.round(frame * 1e6 / fps);
  }

  private long take(long frame) {
    last = frame;
    return frame;
  }
}
