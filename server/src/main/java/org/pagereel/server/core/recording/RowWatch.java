package org.pagereel.server.core.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The rows of all recordings that this node works on, read by one query, however many owners look.
 */
final class RowWatch {
  private final Jdbi jdbi;
  private final String node;
  private final Duration longest;
  private Map<String, Seen> rows = Map.of();
  private Instant read = Instant.MIN;

  /** What others may change of a running recording, and who has it. */
  record Seen(long epoch, Desired desired, int confirmedAttempt) {}

  /**
   * Makes it.
   *
   * @param longest what was read is not older than that
   */
  RowWatch(Jdbi jdbi, String node, Duration longest) {
    this.jdbi = jdbi;
    this.node = node;
    this.longest = longest;
  }

  /** One of them was changed just now. */
  synchronized void forget() {
    read = Instant.MIN;
  }

  /**
   * What the row of a recording said a moment ago.
   *
   * @param now in steady time
   * @return empty when it is not this node's, or over
   */
  synchronized Optional<Seen> of(String id, Instant now) {
    if (read.equals(Instant.MIN) || !now.isBefore(read.plus(longest))) {
      rows = jdbi.withHandle(handle -> RecordingStore.rowsOf(handle, node));
      read = now; // not if it fails
    }
    return Optional.ofNullable(rows.get(id));
  }
}
