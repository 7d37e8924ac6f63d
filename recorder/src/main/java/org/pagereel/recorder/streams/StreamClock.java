package org.pagereel.recorder.streams;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.pagereel.recorder.capture.Capture;
import org.pagereel.recorder.timeline.Moment;

/**
 * From the page's clock to the recording's timeline. Both clocks are the machine's monotonic one
 * with another zero, so that one difference, measured once, holds for good.
 */
final class StreamClock {
  private static final int LOOKS = 7;

  private final Capture capture;
  private long zero = Long.MIN_VALUE;

  StreamClock(Capture capture) {
    this.capture = capture;
  }

  /**
   * Measures where the page's clock is; the quickest of some looks is the truest.
   *
   * @param page the page's {@code performance.now()} in microseconds
   */
  void set(Supplier<OptionalLong> page) {
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < LOOKS; i++) {
      long before = Capture.clock();
      OptionalLong there = page.get();
      long after = Capture.clock();
      if (there.isEmpty()) {
        forget(); // on its way to another address: another time
        return;
      }
      if (after - before < quickest) {
        quickest = after - before;
        zero = (before + after) / 2 - there.getAsLong();
      }
    }
  }

  boolean isSet() {
    return zero != Long.MIN_VALUE;
  }

  /** Another page, another zero. */
  void forget() {
    zero = Long.MIN_VALUE;
  }

  /** The media time of a moment of the page; empty in a pause and before the clock is set. */
  Optional<Moment> moment(long pageMicros) {
    return isSet() ? capture.momentAt(zero + pageMicros) : Optional.empty();
  }

  /** The recorded time at a moment of the page. */
  Duration duration(long pageMicros) {
    return capture.durationAt(isSet() ? zero + pageMicros : Capture.clock());
  }
}
