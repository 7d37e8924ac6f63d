package org.pagereel.server.faces.agora;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.fleet.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes classes that ended: users may stay for {@code closeDelay} and no longer
 * (docs/vendors/agora.md, "Class states").
 */
public final class ClosingRooms implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClosingRooms.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Settings settings;
  private final Jdbi jdbi;
  private final Standing standing;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("closing-rooms").factory());

  ClosingRooms(Settings settings, Jdbi jdbi, Standing standing, InstantSource clock) {
    this.settings = settings;
    this.jdbi = jdbi;
    this.standing = standing;
    this.clock = clock;
  }

  public void open() {
    var _ = timer.scheduleWithFixedDelay(this::round, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void round() {
    try {
      if (standing.leads("closing-rooms", Standing.SOME_TIME)) {
        close(clock.instant());
      }
    } catch (RuntimeException e) {
      LOG.warn("Cannot close rooms whose class has ended; tried again", e);
    }
  }

  /** Closes those whose time has come at this moment. */
  void close(Instant now) {
    List<Room> due = jdbi.withHandle(handle -> Rooms.closing(handle, now));
    if (due.isEmpty()) {
      return; // nearly always: the store's one writer is not asked
    }
    jdbi.useTransaction(handle -> {
      // Looked up again: a teacher may have gone on with the class in the meantime.
      for (Room room : Rooms.closing(handle, now)) {
        Settings.App app = settings.app(room.appId()).orElse(null);
        ClassStates.enter(handle, app, room, Room.CLOSED, now.toEpochMilli());
      }
    });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
