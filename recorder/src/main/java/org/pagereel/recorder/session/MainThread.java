package org.pagereel.recorder.session;

import java.time.Duration;

/**
 * Where an attempt's main thread is: it is the only one that may talk to the page, and may have to
 * wait for it for ever. It says so itself; others look.
 */
final class MainThread {
  /** Times are of {@code System.nanoTime()}. */
  private sealed interface Place {
    record Opening(long since) implements Place {}

    record GoingRound(long since) implements Place {}

    record Waiting() implements Place {}

    record Gone() implements Place {}
  }

  private volatile Place place = new Place.GoingRound(System.nanoTime());

  /** It opens the page. */
  void opens() {
    place = new Place.Opening(System.nanoTime());
  }

  /** It begins another turn. */
  void turns() {
    place = new Place.GoingRound(System.nanoTime());
  }

  /** It waits for the page, however long that takes: others watch over it. */
  void waits() {
    place = new Place.Waiting();
  }

  /** It needs nothing of the page any more. */
  void leaves() {
    place = new Place.Gone();
  }

  boolean isGone() {
    return place instanceof Place.Gone;
  }

  /** Whether it has been opening the page for longer than this. */
  boolean isOpeningFor(Duration time) {
    return place instanceof Place.Opening(long since) && isOver(since, time);
  }

  /** Whether it has stood still for longer than this, and not for the page. */
  boolean isStuckFor(Duration time) {
    return place instanceof Place.GoingRound(long since) && isOver(since, time);
  }

  private static boolean isOver(long since, Duration time) {
    return System.nanoTime() - since > time.toNanos();
  }
}
