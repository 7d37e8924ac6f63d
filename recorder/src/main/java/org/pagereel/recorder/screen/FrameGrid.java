package org.pagereel.recorder.screen;

/**
 * Places pictures on the grid of the frame rate: whole multiples of one frame, each used at most
 * once. Players, editors and transcoders then see an ordinary video of that rate.
 *
 * <p>A page that paints at the recording's rate is in step with the grid but for a constant part of
 * a frame, which is found out in each recorded span; so its jitter never moves two pictures into
 * one frame, and a picture is shown within half a frame of its time.
 */
public final class FrameGrid {
  /** The speed at which the grid follows a page whose clock differs a little from ours. */
  private static final double FOLLOW = 0.02;

  /** The most frames that a picture may be shown late. */
  public static final int MAX_MOVED = 3;

  private final int fps;
  private long last = -1;
  private double phase = Double.NaN;
  private int movedInARow;

  FrameGrid(int fps) {
    this.fps = fps;
  }

  /**
   * The frame of the picture that begins a span, which is never left out.
   *
   * @param isPaint whether the page painted at this very moment, or we merely looked
   */
  long begin(long mediaMicros, boolean isPaint) {
    double exact = exact(mediaMicros);
    long frame = Math.max(last + 1, Math.round(exact));
    movedInARow = MAX_MOVED; // the first paint after an order shows what the order's picture showed
    phase = isPaint ? exact - Math.round(exact) : Double.NaN;
    return take(frame);
  }

  /**
   * The frame of a painted picture; -1 when it is taken: the next picture shows this one too. A
   * picture that comes early moves into the frame behind, but only a few in a row, or a page that
   * paints faster than is recorded would be shown late for good.
   */
  long frameFor(long mediaMicros) {
    long frame = stepped(mediaMicros);
    boolean moves = frame == last && movedInARow < MAX_MOVED;
    movedInARow = moves ? movedInARow + 1 : 0;
    return frame > last || moves ? take(Math.max(frame, last + 1)) : -1;
  }

  /** The frame of a painted picture that must not be left out. */
  long nextFrameFor(long mediaMicros) {
    return take(Math.max(last + 1, stepped(mediaMicros)));
  }

  /** The frame of a repeated picture; -1 when it is taken. */
  long repeatFor(long mediaMicros) {
    long frame = Math.round(exact(mediaMicros));
    return frame > last ? take(frame) : -1;
  }

  /** True when nothing has been placed yet. */
  boolean isEmpty() {
    return last < 0;
  }

  /** The frame that shows last, given where the recording ends; -1 when it is taken. */
  long lastFrameBefore(long mediaMicros) {
    return repeatFor(mediaMicros - 1_000_000 / fps);
  }

  long mediaMicros(long frame) {
    return Math.round(frame * 1e6 / fps);
  }

  private long stepped(long mediaMicros) {
    double exact = exact(mediaMicros);
    if (Double.isNaN(phase)) {
      phase = exact - Math.round(exact);
    }
    long frame = Math.round(exact - phase);
    phase = Math.clamp(phase + FOLLOW * (exact - phase - frame), -0.5, 0.5);
    return frame;
  }

  private double exact(long mediaMicros) {
    return mediaMicros * (fps / 1e6);
  }

  private long take(long frame) {
    last = frame;
    return frame;
  }
}
