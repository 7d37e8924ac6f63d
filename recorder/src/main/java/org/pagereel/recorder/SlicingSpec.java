package org.pagereel.recorder;

import java.time.Duration;

/**
 * How a recording is cut into files.
 *
 * @param slice length of one HLS slice, 1 s to 60 s
 * @param maxVideo a new MP4 begins after this much, 1 min to 24 h
 * @param maxVideoBytes a new MP4 begins before this size
 */
public record SlicingSpec(Duration slice, Duration maxVideo, long maxVideoBytes) {
  public static final SlicingSpec DEFAULT =
      new SlicingSpec(Duration.ofSeconds(15), Duration.ofHours(2), 2_000_000_000L);

  public SlicingSpec {
    Range.require("slice duration", slice, Duration.ofSeconds(1), Duration.ofSeconds(60));
    Range.require("maxVideoDuration", maxVideo, Duration.ofMinutes(1), Duration.ofHours(24));
    Range.require("maxVideoBytes", maxVideoBytes, 10_000_000L, 100_000_000_000L);
  }
}
