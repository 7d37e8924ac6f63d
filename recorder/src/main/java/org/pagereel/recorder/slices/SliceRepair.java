package org.pagereel.recorder.slices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.av.GrowingFile;
import org.pagereel.recorder.av.MediaInput;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.StreamFormat;

/**
 * Makes the slice that a killed recorder left half-written decode cleanly: its last packet of each
 * kind may be cut off anywhere, so it goes.
 */
public final class SliceRepair {
  /** A slice smaller than this holds no whole keyframe. */
  private static final long LEAST_BYTES = 10_000;

  private SliceRepair() {}

  /**
   * Rewrites the slice in place.
   *
   * @param expected its media time, as well as it is known
   * @param startedAt wall time of its first frame, as well as it is known
   * @return the slice as it is now; empty when nothing in it can be shown (the file is removed)
   */
  public static Optional<Slice> repair(
      Path file, int attempt, int number, Duration expected, Instant startedAt) throws IOException {
    return copy(file, file, attempt, number, expected, startedAt, null);
  }

  /**
   * Writes as much of the slice as is whole to another place; somebody may still be writing it.
   *
   * @param expected its media time, as well as it is known
   * @param startedAt wall time of its first frame, as well as it is known
   * @param until leaves out what comes later; null for nothing
   * @return the copy; empty when nothing can be shown (there is no such file then)
   */
  public static Optional<Slice> copy(
      Path file,
      Path target,
      int attempt,
      int number,
      Duration expected,
      Instant startedAt,
      @Nullable Instant until)
      throws IOException {
    Span span = new Span(until == null ? null : Duration.between(startedAt, until));
    try (MediaInput input = new MediaInput(file);
        Remux output = new Remux(GrowingFile.mpegTs(target), input)) {
      copy(input, output, Durations.micros(expected), span);
      if (span.frames > 0) {
        output.finish(); // until then the slice itself stays as it is
      }
    } catch (RecordingFailure e) {
      if (Files.size(file) > LEAST_BYTES || e.category() == FailureCategory.CAPACITY) {
        throw e;
      }
      // Not even a header: there was nothing yet.
    }
    if (span.frames == 0) {
      Files.deleteIfExists(target);
      return Optional.empty();
    }
    return Optional.of(
        new Slice(
            target.getFileName().toString(),
            attempt,
            number,
            Durations.ofMicros(span.first),
            Durations.ofMicros(span.last - span.first),
            startedAt,
            Files.size(target),
            Duration.ZERO));
  }

  private static void copy(MediaInput input, Remux output, long aroundMicros, Span span) {
    @Nullable Packet[] heldBack = new Packet[2];
    StreamFormat video = input.video();
    if (video == null) {
      return;
    }
    for (Packet packet = input.next(); packet != null; packet = input.next()) {
      if (packet.isDamaged()) {
        continue;
      }
      boolean isVideo = packet.stream() == video.number();
      int kind = isVideo ? 0 : 1;
      Packet complete = heldBack[kind];
      heldBack[kind] = packet.copy();
      if (complete != null) {
        TsTime.unwrap(complete, aroundMicros);
        if (span.add(TsTime.mediaMicros(complete.pts()), isVideo)) {
          output.write(input, complete, 0);
        }
        complete.close();
      }
    }
    for (Packet cut : heldBack) {
      if (cut != null) {
        cut.close();
      }
    }
  }

  /** From the first frame to the end of the last picture or sound, in microseconds. */
  private static final class Span {
    private long first = Long.MAX_VALUE;
    private long last;
    private int frames;
    private final long longest;

    Span(@Nullable Duration longest) {
      this.longest = longest == null ? Long.MAX_VALUE : Durations.micros(longest);
    }

    /** False when it comes later than anything is wanted: the first frame says from when on. */
    boolean add(long micros, boolean isVideo) {
      if (frames > 0 && micros - first >= longest) {
        return false;
      }
      if (isVideo) {
        first = Math.min(first, micros);
        frames++;
      }
      last = Math.max(last, micros);
      return true;
    }
  }
}
