package org.pagereel.recorder.session;

import java.nio.file.Files;
import java.time.Duration;
import org.pagereel.recorder.Counters;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.FreeDisk;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.capture.Capture;
import org.pagereel.recorder.slices.Slice;
import org.pagereel.recorder.slices.SliceWriter;
import org.pagereel.recorder.streams.StreamRecorder;
import org.pagereel.recorder.wire.Event;

/** Once a second: tells how far the recording is, and stops it before the disk is too full. */
final class ProgressReporter {
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  /** Kept free beside what the MP4 will need: the slice being written and the report. */
  private static final long RESERVE_BYTES = 4_000_000;

  private final RecordingRequest request;
  private final Capture capture;
  private final SliceWriter slices;
  private final Journal journal;
  private final Events events;
  private long last = System.nanoTime();
  private final long earlierBytes;
  private long lastGrabbed;
  private volatile long forOthers;

  ProgressReporter(
      RecordingRequest request,
      Capture capture,
      SliceWriter slices,
      Journal journal,
      Events events) {
    this.request = request;
    this.capture = capture;
    this.slices = slices;
    this.journal = journal;
    this.events = events;
    this.earlierBytes = journal.slices().stream().mapToLong(Slice::bytes).sum();
  }

  /** So many bytes of the disk must stay free: other recordings need them for their MP4. */
  void leave(long bytes) {
    forOthers = bytes;
  }

  void tick() {
    long now = System.nanoTime();
    if (now - last < EVERY_NANOS) {
      return;
    }
    Counters counters = capture.counters();
    journal.counters(counters, capture.soundCounters());
    double fps = (counters.grabbed() - lastGrabbed) / ((now - last) / 1e9);
    long bytes = earlierBytes + slices.bytes();
    events.send(
        new Event.Progress(
            Durations.seconds(capture.duration()),
            journal.slices().size(),
            bytes,
            Math.round(fps * 10) / 10.0,
            counters.dropped()));
    lastGrabbed = counters.grabbed();
    last = now;
    requireSpace(bytes + forStreams());
  }

  /** The bytes that will be made of the streams: each once more, and all of them in the mix. */
  private long forStreams() {
    StreamsPlan plan = request.streams();
    return plan == null ? 0 : StreamRecorder.bytes(request.folder()) * (plan.mix() == null ? 1 : 3);
  }

  private void requireSpace(long bytes) {
    if (!Files.isDirectory(request.folder())) {
      throw new RecordingFailure(
          FailureCategory.USER, "The folder " + request.folder() + " was removed");
    }
    long free = FreeDisk.bytes(request.folder());
    if (free - RESERVE_BYTES - forOthers < bytes) {
      throw new RecordingFailure(
          FailureCategory.CAPACITY,
          "Disk full: %s has %,d bytes free; stopped while there is room for the MP4 of this recording and others"
              .formatted(request.folder(), free));
    }
  }
}
