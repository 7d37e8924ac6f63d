package org.pagereel.recorder.mix;

import java.util.concurrent.CancellationException;

/**
 * Keeps picture and sound within a few seconds of each other, so that the packets that wait in the
 * muxer for the other stream stay few.
 */
final class TrackPacing {
  private static final long MAX_AHEAD_MICROS = 2_000_000;

  private final long[] reached = new long[2];
  private boolean released;

  /** Says how far a side has come; waits while it is too far ahead of the other one. */
  synchronized void reached(int side, long micros) {
    reached[side] = micros;
    notifyAll();
    while (!released && micros > reached[1 - side] + MAX_AHEAD_MICROS) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (CancellationException) new CancellationException("Interrupted").initCause(e);
      }
    }
  }

  /** The side is through: the other need not wait for it. */
  synchronized void ended(int side) {
    reached[side] = Long.MAX_VALUE / 2;
    notifyAll();
  }

  /** Nobody waits any more. */
  synchronized void release() {
    released = true;
    notifyAll();
  }
}
