package org.pagereel.recorder.slices;

import java.time.Duration;
import java.time.Instant;

/**
 * One finished slice of the recording.
 *
 * @param file its name in the recording's folder
 * @param attempt the attempt whose time stamps, encoder and clock it has
 * @param number from 0 within its attempt
 * @param start media time of its first frame
 * @param startedAt wall time of its first frame
 * @param moved {@code start} without what its time stamps say: the length of what other nodes have
 *     recorded before
 */
public record Slice(
    String file,
    int attempt,
    int number,
    Duration start,
    Duration duration,
    Instant startedAt,
    long bytes,
    Duration moved) {
  /** Media time at which it ends. */
  public Duration end() {
    return start.plus(duration);
  }
}
