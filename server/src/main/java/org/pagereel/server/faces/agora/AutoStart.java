package org.pagereel.server.faces.agora;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.Settings.App;
import org.pagereel.server.platform.config.Settings.AutoRecord;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a recording when a class starts and stops it when the class ends, app by app. */
public final class AutoStart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AutoStart.class);
  private static final Duration EVERY = Duration.ofMillis(300);

  private static final Duration WORTH_TRYING = Duration.ofMinutes(5);

  /**
   * A start that was refused because too many wait is tried again after this; so are all others.
   */
  private static final Duration FULL = Duration.ofSeconds(2);

  /** A class that has waited for so long is over, even if nobody has said so. */
  private static final Duration LONGEST_CLASS = Duration.ofHours(6);

  private final Map<Long, Long> failedSince = new HashMap<>();
  private final Map<String, StartBody> bodies = new HashMap<>();
  private long fullUntil = System.nanoTime();
  private final Settings settings;
  private final Jdbi jdbi;
  private final ClassRecording recording;
  private final Standing standing;
  private final InstantSource clock;
  private final List<UpstreamPoll> upstreams = new ArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("auto-start").factory());

  /** Makes it; a wrong body in the settings must not wait for the first class to be found. */
  AutoStart(
      Settings settings,
      Database database,
      ClassRecording recording,
      Standing standing,
      InstantSource clock) {
    this.settings = settings;
    this.jdbi = database.jdbi();
    this.recording = recording;
    this.standing = standing;
    this.clock = clock;
    for (App app : settings.apps()) {
      AutoRecord auto = app.autoRecord();
      if (auto != null) {
        bodies.put(app.id(), StartBody.of(Fields.of(auto.body())));
        if (auto.upstream() != null) {
          upstreams.add(new UpstreamPoll(app, auto.upstream(), database, standing, clock));
        }
      }
    }
  }

  public void open() {
    if (!bodies.isEmpty()) {
      var _ = timer.scheduleWithFixedDelay(this::round, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
    upstreams.forEach(UpstreamPoll::open);
  }

  private boolean isOurs() {
    return standing.leads("auto-start", Standing.SOME_TIME);
  }

  private void round() {
    try {
      if (!isOurs()) {
        return;
      }
      List<ClassChanges.Change> open = new ArrayList<>(jdbi.withHandle(ClassChanges::open));
      // An end makes room, and must not wait behind starts that do.
      open.sort(Comparator.comparing(ClassChanges.Change::isStart));
      for (ClassChanges.Change change : open) {
        if (!isOurs()) {
          return; // another node may have handled it meanwhile
        }
        if (isOver(change) || handle(change)) {
          jdbi.useTransaction(handle -> ClassChanges.done(handle, change));
          failedSince.remove(change.number());
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("Auto-start", e);
    }
  }

  /** A class that ended before its recording could begin, or that waited longer than any lasts. */
  private boolean isOver(ClassChanges.Change change) {
    if (!change.isStart() || change.endsLater()) {
      return change.isStart();
    }
    boolean isOld = change.seenAt().isBefore(clock.instant().minus(LONGEST_CLASS));
    if (isOld) {
      LOG.error("The class {} was not recorded: too many recordings waited", change.roomUuid());
    }
    return isOld;
  }

  /** False when it must be tried again. */
  private boolean handle(ClassChanges.Change change) {
    if (change.isStart() && System.nanoTime() - fullUntil < 0) {
      return false;
    }
    Optional<App> known = settings.app(change.appId());
    StartBody body = bodies.get(change.appId());
    Optional<Room> room =
        jdbi.withHandle(handle -> Rooms.find(handle, change.appId(), change.roomUuid()));
    if (known.isEmpty() || body == null || room.isEmpty() || change.state() == 0) {
      return true;
    }
    App app = known.get();
    try {
      if (change.isStart()) {
        recording.start(app, room.get(), body);
      } else {
        recording.want(app, room.get(), Desired.STOP);
      }
      return true;
    } catch (ApiError e) {
      return switch (e.status()) {
        case 503 -> {
          fullUntil = System.nanoTime() + FULL.toNanos();
          yield false;
        }
        case 409 -> !change.isStart() || !recording.isStopping(app, room.get());
        default -> {
          long since = failedSince.computeIfAbsent(change.number(), number -> System.nanoTime());
          boolean givenUp = System.nanoTime() - since > WORTH_TRYING.toNanos();
          if (givenUp) {
            LOG.error("Cannot record the class {}: {}", change.roomUuid(), e.getMessage());
          }
          yield givenUp; // a name may be unknown for a while
        }
      };
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    upstreams.forEach(UpstreamPoll::close);
  }
}
