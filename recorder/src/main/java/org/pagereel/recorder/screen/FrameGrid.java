package org.pagereel.recorder.screen;

import java.time.Duration;
import org.pagereel.recorder.Durations;

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

  /** After so many paints in a row without a gap, the page paints every frame. */
  private static final int EVERY_FRAME = 5;

  /** Paints come late more often than early: so much of a frame before its time belongs to it. */
  private static final double EARLY = 0.35;

  /** A later paint says nothing of where the others are. */
  private static final double LATE_COUNTS = 0.1;

  /** A paint that comes later after the one before it was made for another frame. */
  private static final double LATE = 1.75;

  /** The most pictures in a row that are shown a frame late: then one of them is left out. */
  private static final int MAX_MOVED = 8;

  /** The most frames that a picture may be shown late. */
  private static final int MOST_LATE = 1;

  private final int fps;
  private long last = -1;
  private double phase = Double.NaN;
  private int movedInARow;
  private int inARow;

  FrameGrid(int fps) {
    this.fps = fps;
  }

  /**
   * Media time 0 of what is recorded behind something: on the grid, and behind pictures that the
   * grid has moved on.
   */
  public static Duration behind(Duration recorded, int fps) {
    if (recorded.isZero()) {
      return recorded;
    }
    long frame = Durations.micros(recorded) * fps / 1_000_000 + 1 + MOST_LATE;
    return Duration.ofNanos(frame * 1_000_000_000 / fps);
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
   * paints faster than is recorded would be shown late for good. One that comes late, on a busy
   * machine, gets the frame that it was painted for: in the next one it would be in the way of all
   * that come after it.
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

  /**
   * The frame of a repeated picture; -1 when it is taken. It is one that has passed: on a busy
   * machine the page may have painted by now, and that picture's frame must be free.
   */
  long repeatFor(long mediaMicros) {
    long passing = (long) Math.floor(exact(mediaMicros) - (Double.isNaN(phase) ? 0 : phase));
    long frame = Math.max(last + 1, passing - 1);
    return frame <= passing ? take(frame) : -1;
  }

  /** True when nothing has been placed yet. */
  boolean isEmpty() {
    return last < 0;
  }

  /** The frame that shows last, given where the recording ends; -1 when it is taken. */
  long lastFrameBefore(long mediaMicros) {
    long frame = Math.round(exact(mediaMicros - 1_000_000 / fps));
    return frame > last ? take(frame) : -1;
  }

  long mediaMicros(long frame) {
    return Math.round(frame * 1e6 / fps);
  }

  private long stepped(long mediaMicros) {
    double exact = exact(mediaMicros);
    if (Double.isNaN(phase)) {
      phase = exact - Math.round(exact);
    }
    double place = exact - phase;
    boolean isLate = inARow >= EVERY_FRAME && place > last + 1 && place < last + LATE;
    long frame = isLate ? last + 1 : (long) Math.floor(place + EARLY);
    phase = Math.clamp(phase + FOLLOW * Math.min(place - frame, LATE_COUNTS), -0.5, 0.5);
    return frame;
  }

  private double exact(long mediaMicros) {
    return mediaMicros * (fps / 1e6);
  }

  private long take(long frame) {
    inARow = frame == last + 1 ? inARow + 1 : 0;
    last = frame;
    return frame;
  }
}
