package org.pagereel.server.platform.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FreeDisk;

/**
 * The one account of a disk: what is free, and what of it is promised. Recordings that go on come
 * first: their slices grow, and each will need its size again for the MP4. Uploads and replays get
 * what is left. Thread-safe.
 */
public final class DiskAccount {
  /** Kept for the store and for logs. */
  private static final long SPARE_BYTES = 64L << 20;

  /** A recording is promised what it writes in this time; it may go on for longer. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  /**
   * What a recording writes.
   *
   * @param bytesPerSecond of its slices, at the most
   * @param copies the number of times that it is written again at the end: 1 for the MP4
   */
  public record Appetite(long bytesPerSecond, int copies) {
    long ahead() {
      return bytesPerSecond * AHEAD.toSeconds() * (1 + copies);
    }
  }

  /**
   * One recording's.
   *
   * @param atEnd the bytes that will be written at its end
   * @param made those of them that are written already; null while it is recorded
   */
  private record Promise(Appetite appetite, long atEnd, @Nullable LongSupplier made) {
    long rest() {
      return made == null ? atEnd : Math.max(0, atEnd - made.getAsLong());
    }

    long all() {
      return rest() + (made == null ? appetite.ahead() : 0);
    }
  }

  private final Path folder;
  private final Map<String, Promise> promises = new HashMap<>();

  /** The disk of this folder, or of the nearest one above it that exists. */
  public DiskAccount(Path folder) {
    this.folder = folder;
  }

  /** Promises room to a recording that goes on in any case. */
  synchronized void promise(String id, Appetite appetite) {
    promises.putIfAbsent(id, new Promise(appetite, 0, null));
  }

  /** So many bytes will be written at a recording's end, if it ended now. */
  public synchronized void needs(String id, long atEnd) {
    promises.computeIfPresent(
        id, (same, promise) -> new Promise(promise.appetite(), atEnd, promise.made()));
  }

  /**
   * A recording is over, and what is made of it is written.
   *
   * @param made the bytes of it that are written by now
   */
  public synchronized void finishes(String id, LongSupplier made) {
    promises.computeIfPresent(
        id, (same, promise) -> new Promise(promise.appetite(), promise.atEnd(), made));
  }

  /** A recording's files are complete. */
  public synchronized void forget(String id) {
    promises.remove(id);
  }

  /** Whether there is room for one more recording. An error is no full disk. */
  synchronized boolean hasRoomFor(Appetite appetite) {
    return left() >= appetite.ahead();
  }

  /**
   * The bytes that may be written by whoever is no recording; negative if it is too many already.
   */
  public synchronized long leftForOthers() {
    return left();
  }

  /** What all other recordings will need at their end; the given one must leave it free. */
  public synchronized long neededByOthers(String id) {
    return promises.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(id))
        .mapToLong(entry -> entry.getValue().rest())
        .sum();
  }

  private long left() {
    long promised = promises.values().stream().mapToLong(Promise::all).sum();
    return FreeDisk.bytes(folder) - promised - SPARE_BYTES;
  }
}
