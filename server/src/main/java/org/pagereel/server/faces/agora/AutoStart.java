package org.pagereel.server.faces.agora;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.core.recording.Desired;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.Settings.App;
import org.pagereel.server.platform.config.Settings.AutoRecord;
import org.pagereel.server.platform.http.ApiError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a recording when a class starts and stops it when the class ends, app by app. */
public final class AutoStart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AutoStart.class);
  private static final Duration EVERY = Duration.ofMillis(300);

  private static final Duration WORTH_TRYING = Duration.ofMinutes(5);

  private final Map<Long, Long> failedSince = new HashMap<>();
  private final Map<String, StartBody> bodies = new HashMap<>();
  private final Settings settings;
  private final Jdbi jdbi;
  private final ClassRecording recording;
  private final List<UpstreamPoll> upstreams = new ArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("auto-start").factory());

  /** Makes it; a wrong body in the settings must not wait for the first class to be found. */
  AutoStart(Settings settings, Jdbi jdbi, ClassRecording recording) {
    this.settings = settings;
    this.jdbi = jdbi;
    this.recording = recording;
    for (App app : settings.apps()) {
      AutoRecord auto = app.autoRecord();
      if (auto != null) {
        bodies.put(app.id(), StartBody.of(Fields.of(auto.body())));
        if (auto.upstream() != null) {
          upstreams.add(new UpstreamPoll(app, auto.upstream(), jdbi));
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

  private void round() {
    try {
      List<ClassChanges.Change> open = jdbi.withHandle(ClassChanges::open);
      Set<String> waiting = new HashSet<>();
      for (ClassChanges.Change change : open) {
        String room = change.appId() + "/" + change.roomUuid();
        boolean over = change.state() == 1 && endsLater(change, open);
        if (!waiting.contains(room) && (over || handle(change))) {
          jdbi.useTransaction(handle -> ClassChanges.done(handle, change));
          failedSince.remove(change.number());
        } else {
          waiting.add(room); // what comes after it must not overtake it
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("Auto-start", e);
    }
  }

  private static boolean endsLater(ClassChanges.Change start, List<ClassChanges.Change> open) {
    return open.stream()
        .anyMatch(change ->
            change.number() > start.number()
                && change.state() > 1
                && change.appId().equals(start.appId())
                && change.roomUuid().equals(start.roomUuid()));
  }

  /** False when it must be tried again. */
  private boolean handle(ClassChanges.Change change) {
    Optional<App> known = settings.app(change.appId());
    StartBody body = bodies.get(change.appId());
    Optional<Room> room =
        jdbi.withHandle(handle -> Rooms.find(handle, change.appId(), change.roomUuid()));
    if (known.isEmpty() || body == null || room.isEmpty() || change.state() == 0) {
      return true;
    }
    App app = known.get();
    try {
      if (change.state() == 1) {
        recording.start(app, room.get(), body);
      } else {
        recording.want(app, room.get(), Desired.STOP);
      }
      return true;
    } catch (ApiError e) {
      return switch (e.status()) {
        case 503 -> false;
        case 409 -> change.state() != 1 || !recording.isStopping(app, room.get());
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
