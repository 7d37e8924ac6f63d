package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.Victims;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses.Node;
import tools.jackson.databind.JsonNode;

/**
 * What each fault costs a recording of two nodes with real recorders, and what a client sees
 * meanwhile: the table of docs/SCALING.md. {@code -Dpagereel.long=true}.
 */
@WholeMachine
@EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
class FaultTableTest {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String ROOM = "room";

  /** Seconds that are neither seen nor stated: two cuts, each in the middle of one. */
  private static final double UNSTATED = 2.2;

  enum Fault {
    NODE_ENDED,
    NODE_KILLED,
    NODE_FROZEN_60_S,
    DATABASE_RESTARTED,
    DATABASE_AWAY_120_S
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whatItCosts(Fault fault) throws Exception {
    try (TestPages pages = new TestPages();
        NodeProcesses nodes = new NodeProcesses(folder, NodeService.class)) {
      Node a = nodes.start("a", 2);
      a.room(ROOM);
      a.record(ROOM, SecondsPage.on(pages), 20);
      assertThat(Await.until(SOON, () -> nodes.recordedBy("a") == 1)).isTrue();
      Node b = nodes.start("b", 2);
      Pause.of(Duration.ofSeconds(8));
      List<String> seen = new ArrayList<>();
      try (Watch watch = new Watch(b, seen)) {
        let(fault, nodes, a);
        String owner = fault.name().startsWith("NODE") ? "b" : "a";
        assertThat(Await.until(SOON, () -> nodes.recordedBy(owner) == 1)).isTrue();
        Pause.of(Duration.ofSeconds(8));
        assertThat(watch.isAlive()).isTrue();
      }
      b.stop(ROOM);
      String finished = "SELECT id FROM recordings WHERE state = 'FINISHED'";
      assertThat(Await.until(SOON, () -> nodes.column(finished).size() == 1)).isTrue();
      Path recording = nodes.recordings().resolve(nodes.column(finished).getFirst());
      assertAccountedFor(fault, recording, seen);
      assertThat(nodes.column("SELECT task_instance FROM scheduled_tasks")).isEmpty();
    }
    Leftovers.reapAbandoned(); // as every server does that starts here
    LeftoverCheck.assertNothingLeft();
  }

  private static void let(Fault fault, NodeProcesses nodes, Node node) throws Exception {
    switch (fault) {
      case NODE_ENDED -> {
        node.process().destroy();
        assertThat(node.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      case NODE_KILLED -> node.kill();
      case NODE_FROZEN_60_S -> {
        List<ProcessHandle> all = node.all();
        all.forEach(process -> Victims.reaches("STOP", process));
        Pause.of(Duration.ofMinutes(1));
        all.forEach(process -> Victims.reaches("CONT", process));
        Pause.of(Duration.ofSeconds(5));
      }
      case DATABASE_RESTARTED -> {
        nodes.postgres.stop();
        nodes.postgres.start();
      }
      case DATABASE_AWAY_120_S -> {
        nodes.postgres.stop();
        Pause.of(Duration.ofMinutes(2));
        nodes.postgres.start();
        Pause.of(Duration.ofSeconds(13)); // longer than nobody may claim anything
      }
    }
  }

  private static void assertAccountedFor(Fault fault, Path recording, List<String> seen)
      throws Exception {
    Report report = ReportFile.read(recording);
    List<Double> flashes = SecondsPage.seen(recording.resolve("page.mp4")).flashes();
    Instant from = Objects.requireNonNull(report.startedAt());
    double lasted = seconds(from, Objects.requireNonNull(report.stoppedAt()));
    double stated =
        report.gaps().stream()
            .mapToDouble(gap -> seconds(gap.from(), Objects.requireNonNull(gap.to())))
            .sum();
    double missing = lasted - flashes.size();
    System.out.printf(
        "fault table: %s: missing %.1f s, stated %.1f s as %s; a client saw %s%n",
        fault, missing, stated, report.gaps().stream().map(Report.Gap::cause).toList(), seen);
    assertThat(report.state()).isEqualTo(Report.State.FINISHED);
    assertThat(missing - stated).as("lost or twice without a word").isBetween(-1.2, UNSTATED);
    assertThat(report.durationSeconds()).isBetween(lasted - stated - 1.5, lasted - stated + 1.5);
    switch (fault) {
      case NODE_ENDED, DATABASE_RESTARTED, DATABASE_AWAY_120_S ->
          assertThat(report.gaps()).isEmpty();
      case NODE_KILLED, NODE_FROZEN_60_S -> assertThat(report.gaps()).hasSize(1);
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }

  /** Asks for the room all the time, as a classroom's page does. */
  private static final class Watch implements AutoCloseable {
    private final HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Node node;
    private final List<String> seen;
    private final Thread thread = Thread.ofVirtual().unstarted(this::look);
    private volatile boolean closed;

    Watch(Node node, List<String> seen) {
      this.node = node;
      this.seen = seen;
      thread.start();
    }

    boolean isAlive() {
      return thread.isAlive();
    }

    private void look() {
      String address = "http://127.0.0.1:" + node.port() + "/edu/apps/" + NodeProcesses.APP;
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + "/v2/rooms/" + ROOM)).build();
      while (!closed) {
        String now;
        try {
          HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
          JsonNode body = Json.LINES.readTree(answer.body());
          JsonNode record = body.path("data").path("roomProperties").path("record");
          now =
              answer.statusCode() == 200
                  ? "state " + record.path("state").asInt()
                  : String.valueOf(answer.statusCode());
        } catch (java.io.IOException e) {
          now = e.toString();
        } catch (InterruptedException e) {
          return;
        }
        if (seen.isEmpty() || !seen.getLast().equals(now)) {
          seen.add(now);
        }
        Pause.of(Duration.ofMillis(200));
      }
    }

    @Override
    public void close() {
      closed = true;
      var _ = Await.until(SOON, () -> !thread.isAlive());
      http.close();
    }
  }
}
