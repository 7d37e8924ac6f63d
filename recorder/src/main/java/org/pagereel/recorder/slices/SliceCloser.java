package org.pagereel.recorder.slices;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.timeline.WallClock;

/** Syncs finished slices to disk, on a thread of its own: encoders do not wait for a slow disk. */
final class SliceCloser implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final Path folder;
  private final int attempt;
  private final Duration mediaStart;
  private final SliceListener listener;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("slice-closer").factory());

  SliceCloser(Path folder, int attempt, Duration mediaStart, SliceListener listener) {
    this.folder = folder;
    this.attempt = attempt;
    this.mediaStart = mediaStart;
    this.listener = listener;
  }

  /** Makes the slice safe and tells the listener, in the order of the calls. */
  void finished(SliceFile file, long endMicros) {
    thread.execute(() -> sync(file, endMicros));
  }

  /** Tells the listener that the first packet of a span is on disk. */
  void begun(Instant firstFrame) {
    thread.execute(() -> {
      try {
        listener.recording(firstFrame);
      } catch (RuntimeException | Error e) {
        listener.failed(RecordingFailure.from("Noting the first frame", e));
      }
    });
  }

  /** Returns when all slices are safe. */
  void await() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        listener.failed(
            new RecordingFailure(FailureCategory.CAPACITY, "The disk did not take the last slice"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sync(SliceFile file, long endMicros) {
    Path path = folder.resolve(file.name());
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(true);
      listener.sliceFinished(
          new Slice(
              file.name(),
              attempt,
              file.number(),
              mediaStart.plus(Durations.ofMicros(file.startMicros())),
              Durations.ofMicros(endMicros - file.startMicros()),
              WallClock.instant(file.startedAtEpochMicros()),
              Files.size(path),
              Duration.ZERO));
    } catch (IOException e) {
      listener.failed(
          new RecordingFailure(
              FailureCategory.CAPACITY, "Cannot write the slice " + path + ": " + e, e));
    } catch (RuntimeException | Error e) {
      listener.failed(RecordingFailure.from("Noting the slice " + file.name(), e));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
