package org.pagereel.server.faces.agora;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.config.Settings.App;
import org.pagereel.server.platform.config.Settings.Upstream;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.http.Answer;
import org.pagereel.server.platform.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Takes class states from a vendor's event queue. It gives each event out once only: it is not
 * asked while the store cannot be written, and all of an answer is stored before it is asked again.
 * While it is out of reach it is asked less and less often.
 */
final class UpstreamPoll implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamPoll.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final int MAX_BACK_OFF = 12;

  /** A single failure is nobody's business. */
  private static final int WORTH_A_WORD = 3;

  private static final int CMD_CLASS_STATE = 1;

  private final App app;
  private final Upstream upstream;
  private final Database database;
  private final Standing standing;
  private final InstantSource clock;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("upstream").factory());
  private int failures;

  /** Changes that were given out and are not stored yet: they are not given out again. */
  private @Nullable JsonNode taken;

  UpstreamPoll(
      App app, Upstream upstream, Database database, Standing standing, InstantSource clock) {
    this.app = app;
    this.upstream = upstream;
    this.database = database;
    this.standing = standing;
    this.clock = clock;
  }

  void open() {
    timer.execute(this::round);
  }

  private void round() {
    try {
      poll();
      if (failures >= WORTH_A_WORD) {
        LOG.info("Upstream of app {} answers again", app.id());
      }
      failures = 0;
    } catch (IOException | RuntimeException e) {
      failures++;
      if (failures == WORTH_A_WORD) {
        LOG.warn("Upstream of app {} does not answer: {}", app.id(), e.toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    long pause = upstream.every().toMillis() * (1 + Math.min(failures, MAX_BACK_OFF));
    if (!timer.isShutdown()) {
      var _ = timer.schedule(this::round, pause, TimeUnit.MILLISECONDS);
    }
  }

  private void poll() throws IOException, InterruptedException {
    if (taken == null) {
      if (database.health().isDegraded()
          || !standing.leads("upstream " + app.id(), Standing.SOME_TIME)) {
        return; // the answer could not be kept, or another node asks
      }
      taken = ask();
    }
    keep();
  }

  private synchronized void keep() {
    JsonNode data = taken;
    if (data != null && !data.isEmpty()) {
      database
          .jdbi()
          .useTransaction(handle -> {
            for (JsonNode event : data) {
              store(handle, event);
            }
          });
    }
    taken = null;
  }

  private JsonNode ask() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(upstream.url())).timeout(ANSWER_WITHIN);
    upstream.headers().forEach(request::header);
    HttpResponse<String> response =
        Answer.of(client, request.build(), HttpResponse.BodyHandlers.ofString(), ANSWER_WITHIN);
    if (response.statusCode() != 200) {
      throw new IOException("HTTP " + response.statusCode());
    }
    return Json.LINES.readTree(response.body()).path("data");
  }

  private void store(Handle handle, JsonNode event) {
    String room = event.path("roomUuid").asString("");
    JsonNode state = event.path("data").path("state");
    if (event.path("cmd").asInt(0) != CMD_CLASS_STATE || room.isEmpty() || !state.isNumber()) {
      return;
    }
    Rooms.insert(handle, Room.fresh(app.id(), room, app.region(), clock.instant()));
    ClassChanges.Seen seen =
        new ClassChanges.Seen(
            app.id(),
            room,
            ClassChanges.UPSTREAM,
            event.path("sequence").asLong(0),
            state.asInt(0),
            event.path("data").path("startTime").asLong(0));
    ClassChanges.add(handle, seen, clock.instant());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.shutdownNow();
    try {
      keep();
    } catch (RuntimeException e) {
      LOG.error("Class states of app {} are lost: {}", app.id(), taken);
    }
  }
}
