package org.pagereel.recorder.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * Ends a recording whose page devours the machine. Each browser process has a limit of its own, set
 * where it is started (recorder/bin/browser); this is the limit for all of them together.
 */
final class MemoryGuard {
  private static final long LIMIT_BYTES = 4L << 30;
  private static final long EVERY_NANOS = 2_000_000_000L;

  private long last;

  /** Looks every two seconds at the most; throws when the browser has too much. */
  void check(Supplier<Stream<ProcessHandle>> browser) {
    long now = System.nanoTime();
    if (now - last < EVERY_NANOS) {
      return;
    }
    last = now;
    long bytes = browser.get().mapToLong(process -> ownBytes(process.pid())).sum();
    if (bytes > LIMIT_BYTES) {
      throw new RecordingFailure(
          FailureCategory.PAGE,
          "The page's browser uses %.1f GiB of memory; %.0f GiB are allowed"
              .formatted(bytes / (double) (1 << 30), LIMIT_BYTES / (double) (1 << 30)));
    }
  }

  /** Memory that is not shared with other processes. */
  private static long ownBytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .sum();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // it ended meanwhile
    }
  }
}
