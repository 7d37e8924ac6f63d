package org.pagereel.recorder.session;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.pagereel.recorder.Counters;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.capture.Capture;
import org.pagereel.recorder.wire.Event;

/**
 * Once a second: tells how far the recording is, which proves that the recorder lives. So it waits
 * for nothing, least of all for the disk.
 */
final class ProgressReporter {
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Capture capture;
  private final LongSupplier bytes;
  private final SpaceGuard space;
  private final Journal journal;
  private final Events events;
  private long last = System.nanoTime();
  private long lastGrabbed;

  /**
   * Tells it when it is told to.
   *
   * @param bytes of all slices so far
   */
  ProgressReporter(
      Capture capture, LongSupplier bytes, SpaceGuard space, Journal journal, Events events) {
    this.capture = capture;
    this.bytes = bytes;
    this.space = space;
    this.journal = journal;
    this.events = events;
  }

  void tick() {
    long now = System.nanoTime();
    if (now - last < EVERY_NANOS) {
      return;
    }
    Counters counters = capture.counters();
    journal.counters(counters, capture.soundCounters());
    double fps = (counters.grabbed() - lastGrabbed) / ((now - last) / 1e9);
    events.send(
        new Event.Progress(
            Durations.seconds(capture.duration()),
            journal.sliceCount(),
            bytes.getAsLong(),
            space.needed(),
            Math.round(fps * 10) / 10.0,
            counters.dropped()));
    lastGrabbed = counters.grabbed();
    last = now;
  }
}
