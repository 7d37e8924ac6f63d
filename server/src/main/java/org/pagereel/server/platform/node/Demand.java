package org.pagereel.server.platform.node;

import org.pagereel.recorder.PageSize;

/**
 * What a recording may need.
 *
 * @param kind recordings of the same kind need about the same: the same pages, size and rate
 * @param size of the page
 * @param fps pictures a second
 * @param disk what it writes
 */
public record Demand(String kind, PageSize size, int fps, DiskAccount.Appetite disk) {
  /** A class page at 1080p30 takes this much while it starts; measured, docs/BENCHMARKS.md. */
  private static final double FULL_HD_CORES = 0.7;

  /** What even a small page takes. */
  private static final double LEAST_CORES = 0.3;

  private static final long BYTES = 1L << 30;

  /** What one takes of whose kind none was seen yet. */
  Reservation usual() {
    double pixels = (double) size.width() * size.height() * fps;
    double share = pixels / (1920.0 * 1080 * 30);
    return new Reservation(LEAST_CORES + (FULL_HD_CORES - LEAST_CORES) * share, BYTES);
  }

  /** What is kept free for one. */
  record Reservation(double cores, long bytes) {
    /** Follows what is seen: at once if it is more, slowly if it is less. */
    Reservation seen(double nowCores, long nowBytes) {
      double weight = nowCores > cores ? 0.5 : 0.02;
      double byteWeight = nowBytes > bytes ? 0.5 : 0.02;
      return new Reservation(
          cores + weight * (nowCores - cores), bytes + (long) (byteWeight * (nowBytes - bytes)));
    }
  }
}
