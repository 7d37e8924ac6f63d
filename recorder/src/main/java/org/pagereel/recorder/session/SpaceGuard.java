package org.pagereel.recorder.session;

import java.nio.file.Files;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.FreeDisk;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.streams.StreamRecorder;

/** Ends a recording while there is room for what is made of it at its end, and of all others. */
final class SpaceGuard {
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  /** Kept free beside what the MP4 will need: the slice being written and the report. */
  private static final long RESERVE_BYTES = 4_000_000;

  private final RecordingRequest request;
  private final LongSupplier slices;
  private volatile long forOthers;
  private volatile long needed;
  private long last = System.nanoTime();

  /**
   * Looks when it is told to.
   *
   * @param slices the bytes of all slices so far
   */
  SpaceGuard(RecordingRequest request, LongSupplier slices) {
    this.request = request;
    this.slices = slices;
  }

  /** So many bytes of the disk must stay free: other recordings need them at their end. */
  void leave(long bytes) {
    forOthers = bytes;
  }

  /** The bytes that will be written at the end; of any thread. */
  long needed() {
    return needed;
  }

  /** Looks once a second at the most; throws when it is time to stop. */
  void tick() {
    long now = System.nanoTime();
    if (now - last < EVERY_NANOS) {
      return;
    }
    last = now;
    needed = slices.getAsLong() + forStreams();
    if (!Files.isDirectory(request.folder())) {
      throw new RecordingFailure(
          FailureCategory.USER, "The folder " + request.folder() + " was removed");
    }
    long free = FreeDisk.bytes(request.folder());
    if (free - RESERVE_BYTES - forOthers < needed) {
      throw new RecordingFailure(
          FailureCategory.CAPACITY,
          "Disk full: %s has %,d bytes free; stopped while there is room for the MP4 of this recording and others"
              .formatted(request.folder(), free));
    }
  }

  /** The bytes that will be made of the streams: each once more, and all of them in the mix. */
  private long forStreams() {
    StreamsPlan plan = request.streams();
    return plan == null ? 0 : StreamRecorder.bytes(request.folder()) * (plan.mix() == null ? 1 : 3);
  }
}
