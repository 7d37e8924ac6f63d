package org.pagereel.recorder.session;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * Ends a recording whose page fills the disk that all recordings share. Chromium itself lets one
 * page store 60 % of the disk, in IndexedDB, caches or its private file system.
 */
final class DiskGuard {
  private static final long LIMIT_BYTES = 1L << 30;
  private static final long EVERY_NANOS = 2_000_000_000L;

  private long last;

  /** Looks every two seconds at the most; throws when the browser has written too much. */
  void check(Path folder) {
    long now = System.nanoTime();
    if (now - last < EVERY_NANOS) {
      return;
    }
    last = now;
    long bytes = bytes(folder);
    if (bytes > LIMIT_BYTES) {
      throw new RecordingFailure(
          FailureCategory.PAGE,
          "The page's browser has stored %.1f GiB; %.0f GiB are allowed"
              .formatted(bytes / (double) (1 << 30), LIMIT_BYTES / (double) (1 << 30)));
    }
  }

  private static long bytes(Path folder) {
    Sum sum = new Sum();
    try {
      Files.walkFileTree(folder, sum);
    } catch (IOException e) {
      // Sum itself throws nothing; the folder is gone.
    }
    return sum.bytes;
  }

  /** Adds up what is there; a browser's files come and go meanwhile. */
  private static final class Sum extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
