package org.pagereel.server.tencent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.config.Settings;
import org.pagereel.server.config.TencentApp;
import org.pagereel.server.http.Transfers;
import org.pagereel.server.recording.UnmadeFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the files of tasks whose time is over, and notes that it did. What a task was and made is
 * still known afterwards.
 */
public final class Retention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final Settings settings;
  private final Jdbi jdbi;
  private final Path folder;
  private final Transfers transfers;
  private final Set<String> unmade = new HashSet<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("retention").factory());

  /**
   * Makes it.
   *
   * @param folder each recording has its own below it
   * @param transfers what is on its way to somebody is not deleted
   */
  public Retention(Settings settings, Jdbi jdbi, Path folder, Transfers transfers) {
    this.settings = settings;
    this.jdbi = jdbi;
    this.folder = folder;
    this.transfers = transfers;
  }

  public void open() {
    var _ = timer.scheduleWithFixedDelay(this::round, 0, 1, TimeUnit.MINUTES);
  }

  private void round() {
    try {
      clean(Instant.now());
    } catch (RuntimeException e) {
      LOG.warn("Cannot look for recordings whose time is over", e);
    }
  }

  /** Deletes what is due at this moment; what cannot be deleted now is tried again. */
  void clean(Instant now) {
    for (Tasks.Kept task : jdbi.withHandle(Tasks::kept)) {
      if (!now.isBefore(task.endedAt().plus(keep(task.sdkAppId())))) {
        delete(task, now);
      }
    }
  }

  /** An app that is not in the settings any more does not keep its files for ever. */
  private Duration keep(long sdkAppId) {
    Duration keep = settings.tencentApp(sdkAppId).map(TencentApp::keep).orElse(null);
    return keep == null ? TencentApp.DEFAULT_KEEP : keep;
  }

  private void delete(Tasks.Kept task, Instant now) {
    Path files = folder.resolve(task.id());
    if (UnmadeFiles.in(files)) {
      if (unmade.add(task.id())) {
        LOG.error(
            "{} has slices that no MP4 was made of: they are kept; ./pagereel finish {}",
            task.id(),
            files);
      }
      return;
    }
    try {
      // Files first: a crash in between is made good by the next round, which finds none.
      if (transfers.whenNone(task.id(), () -> deleteAll(files))) {
        jdbi.useTransaction(handle -> Tasks.deleted(handle, task.id(), now));
        LOG.info("Deleted the files of {}, which ended at {}", task.id(), task.endedAt());
      }
    } catch (UncheckedIOException e) {
      LOG.warn("Cannot delete the files of {}", task.id(), e);
    }
  }

  private static void deleteAll(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the recording's files were deleted because their time was over. */
  public boolean hasDeleted(String recordingId) {
    return jdbi.withHandle(handle -> Tasks.deletedAt(handle, recordingId)) != null;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
