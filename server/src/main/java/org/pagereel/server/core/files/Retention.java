package org.pagereel.server.core.files;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the files of recordings whose time is over, and notes that it did. What a recording was
 * is still known afterwards. What no row names stays.
 */
public final class Retention implements AutoCloseable {
  /** How long is known what a recording or task was whose files were deleted. */
  public static final Duration KNOWN_AFTERWARDS = Duration.ofDays(90);

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final List<KeptFiles> faces;
  private final Jdbi jdbi;
  private final FileStore files;
  private final Transfers transfers;
  private final BooleanSupplier isOurs;
  private final InstantSource clock;
  private final Set<String> unmade = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("retention").factory());

  /**
   * Deletes what these rules say.
   *
   * @param faces the rules of the faces
   * @param transfers files that somebody reads or writes now are not deleted
   * @param isOurs whether this server does it now, and no other one
   */
  public Retention(
      List<KeptFiles> faces,
      Jdbi jdbi,
      FileStore files,
      Transfers transfers,
      BooleanSupplier isOurs,
      InstantSource clock) {
    this.clock = clock;
    this.faces = List.copyOf(faces);
    this.jdbi = jdbi;
    this.files = files;
    this.transfers = transfers;
    this.isOurs = isOurs;
  }

  public void open() {
    var _ = timer.scheduleWithFixedDelay(this::round, 0, 1, TimeUnit.MINUTES);
  }

  private void round() {
    try {
      if (isOurs.getAsBoolean()) {
        clean(clock.instant());
      }
    } catch (RuntimeException e) {
      LOG.warn("Cannot look for recordings whose time is over", e);
    }
  }

  /** Deletes what is due at this moment; what cannot be deleted now is tried again. */
  public void clean(Instant now) {
    for (KeptFiles face : faces) {
      for (String id : jdbi.withHandle(handle -> face.due(handle, now))) {
        delete(face, id, now);
      }
    }
  }

  private void delete(KeptFiles face, String id, Instant now) {
    try {
      if (files.hasUnmadeSlices(id)) {
        keep(id);
        return;
      }
      // Files first: a crash in between is made good by the next round, which finds none.
      if (transfers.whenNone(id, () -> files.delete(id))) {
        jdbi.useTransaction(handle -> face.deleted(handle, id, now));
        LOG.info("Deleted the files of {}: their time was over", id);
      }
    } catch (UncheckedIOException e) {
      LOG.warn("Cannot delete the files of {}", id, e);
    }
  }

  private void keep(String id) {
    if (unmade.add(id)) {
      LOG.error(
          "{} has slices that no MP4 was made of: they are kept; ./pagereel finish {}",
          id,
          files.workplace(id, FileStore.ALL));
    }
  }

  /** Whether the recording's files were deleted because their time was over. */
  public boolean hasDeleted(String recordingId) {
    return jdbi.withHandle(
        handle -> faces.stream().anyMatch(face -> face.isDeleted(handle, recordingId)));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
