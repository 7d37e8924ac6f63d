package org.pagereel.server.http;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.recording.Owners;
import org.pagereel.server.recording.RecordingState;
import org.pagereel.server.recording.RecordingStore;
import org.pagereel.server.replay.ReplayState;
import org.pagereel.server.replay.ReplayStore;
import org.pagereel.server.supervisor.Recorders;

/** What operators look at: {@code /health} and {@code /metrics}. */
public final class Operations {
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Jdbi jdbi;

  public Operations(Jdbi jdbi, Owners owners, Recorders recorders) {
    this.jdbi = jdbi;
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
    metrics.gauge("pagereel.recordings.owned", owners, Owners::size);
    metrics.gauge("pagereel.recordings.degraded", owners, Owners::degraded);
    metrics.gauge("pagereel.recorders.warm", recorders, Recorders::waiting);
    new JvmMemoryMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
  }

  /** 200 while the store answers. */
  public void health(Context context) {
    jdbi.useHandle(handle -> handle.execute("SELECT 1"));
    context.contentType("application/json").result("{\"status\":\"ok\"}");
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
