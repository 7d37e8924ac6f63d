package org.pagereel.server.platform.node;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says whether this machine can carry one more recording. A recording that has just been admitted
 * counts with a reservation, until it has run long enough to be seen in the machine's own load.
 *
 * <p>Work that can wait is admitted where a recording would be, one at a time. It runs with a lower
 * priority and does not count against recordings: they come and go while it is at work.
 */
public final class Admission {
  /** A class page at 1080p30 takes this much while it starts; measured, docs/BENCHMARKS.md. */
  private static final double RESERVED_CORES = 0.7;

  private static final long RESERVED_MEMORY = 1L << 30;
  private static final long RESERVED_DISK = 2L << 30;

  /** Kept for the system and this server. */
  private static final double SPARE_CORES = 0.2;

  private static final Duration UNTIL_SEEN = Duration.ofSeconds(12);

  private final @Nullable Integer most;
  private final Path folder;
  private final MachineLoad load = new MachineLoad();
  private final Map<String, Instant> admitted = new HashMap<>();
  private @Nullable String behind;

  /**
   * Makes the gate.
   *
   * @param most a fixed number in place of measuring
   * @param folder gets the recordings
   */
  public Admission(@Nullable Integer most, Path folder) {
    this.most = most;
    this.folder = folder;
  }

  /** Admits the recording, or says no; an admitted one leaves by {@link #leave}. */
  public synchronized boolean admit(String recordingId, Instant now) {
    if (admitted.containsKey(recordingId)) {
      return true;
    }
    if (!fits(now)) {
      return false;
    }
    admitted.put(recordingId, now);
    return true;
  }

  /** Counts a recording that runs on this machine in any case. */
  public synchronized void enter(String recordingId, Instant now) {
    admitted.putIfAbsent(recordingId, now);
  }

  public synchronized void leave(String recordingId) {
    admitted.remove(recordingId);
  }

  /** Admits work that can wait, or says no; what is admitted leaves by {@link #leaveBehind}. */
  public synchronized boolean admitBackground(String id, Instant now) {
    if (behind != null || !fits(now)) {
      return false;
    }
    behind = id;
    return true;
  }

  public synchronized void leaveBehind(String id) {
    if (id.equals(behind)) {
      behind = null;
    }
  }

  private boolean fits(Instant now) {
    if (most != null && admitted.size() >= most) {
      return false;
    }
    long unseen =
        admitted.values().stream().filter(at -> now.isBefore(at.plus(UNTIL_SEEN))).count();
    long memory = load.availableBytes() - (unseen + 1) * RESERVED_MEMORY;
    long disk = folder.toFile().getUsableSpace() - (admitted.size() + 1) * RESERVED_DISK;
    boolean room = memory > 0 && disk > 0;
    if (most != null || admitted.isEmpty()) {
      return room; // one recording is always tried, however busy the machine is otherwise
    }
    double cores = load.busyCores() + unseen * RESERVED_CORES;
    return room && cores + RESERVED_CORES <= load.cores() - SPARE_CORES;
  }
}
