package org.pagereel.server.faces.operations;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.Owners;
import org.pagereel.server.core.recording.RecordingState;
import org.pagereel.server.core.recording.RecordingStore;
import org.pagereel.server.core.replay.ReplayState;
import org.pagereel.server.core.replay.ReplayStore;
import org.pagereel.server.platform.outbox.Outbox;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.GroupCommit;
import org.pagereel.server.platform.store.StoreHealth;
import org.pagereel.server.platform.supervisor.Recorders;
import tools.jackson.databind.node.ObjectNode;

/** The view of operators: {@code /health} and {@code /metrics}. */
public final class Operations {
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Jdbi jdbi;
  private final StoreHealth store;

  public Operations(Database database, Owners owners, Recorders recorders) {
    this.jdbi = database.jdbi();
    this.store = database.health();
    for (RecordingState state : RecordingState.values()) {
      metrics.gauge(
          "pagereel.recordings",
          Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
          state,
          this::count);
    }
    for (ReplayState state : ReplayState.values()) {
      metrics.gauge(
          "pagereel.replays",
          Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
          state,
          this::count);
    }
    metrics.gauge("pagereel.callbacks.waiting", jdbi, store -> store.withHandle(Outbox::waiting));
    metrics.gauge("pagereel.callbacks.given.up", jdbi, store -> store.withHandle(Outbox::givenUp));
    metrics.gauge("pagereel.recordings.owned", owners, Owners::size);
    metrics.gauge("pagereel.recordings.degraded", owners, Owners::degraded);
    metrics.gauge("pagereel.recorders.warm", recorders, Recorders::waiting);
    metrics.gauge("pagereel.store.degraded", store, health -> health.isDegraded() ? 1 : 0);
    metrics.more().counter("pagereel.store.failures", Tags.empty(), store, StoreHealth::failures);
    metrics.gauge("pagereel.store.waiting", database, Database::waiting);
    metrics.gauge("pagereel.messages.waiting", database.messages(), GroupCommit::waiting);
    new JvmMemoryMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
  }

  /**
   * 200 while the store answers. When it cannot be written the server is no less alive: whoever
   * ended it for that would end what it records.
   */
  public void health(Context context) {
    var _ = jdbi.withHandle(handle -> handle.select("SELECT 1").mapTo(Integer.class).one());
    Instant since = store.degradedSince();
    ObjectNode health = Json.LINES.createObjectNode();
    health.put("status", since == null ? "ok" : "degraded");
    if (since != null) {
      health.put("store", "cannot be written since " + since);
    }
    context.contentType("application/json").result(health.toString());
  }

  public void metrics(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
  }

  private double count(RecordingState state) {
    return jdbi.withHandle(handle -> RecordingStore.countIn(handle, state));
  }

  private double count(ReplayState state) {
    return jdbi.withHandle(handle -> ReplayStore.countIn(handle, state));
  }
}
