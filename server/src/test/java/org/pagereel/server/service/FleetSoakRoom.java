package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.Pause;
import org.pagereel.server.service.NodeProcesses.Node;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/** A room whose teacher records one class after the other, by whichever node answers. */
final class FleetSoakRoom {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** A database that is away, and then nobody claims anything for 10 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Seconds that a cut may make of less than one. */
  private static final double CUT = 0.7;

  private final Map<String, Node> up;
  private final NodeProcesses nodes;
  private final String room;
  private final Random random;
  private final String page;
  private final List<String> told = new ArrayList<>();
  private int recordings;
  private int moves;

  FleetSoakRoom(
      Map<String, Node> up, NodeProcesses nodes, String page, String room, Random random) {
    this.up = up;
    this.nodes = nodes;
    this.room = room;
    this.random = random;
    this.page = page;
  }

  int recordings() {
    return recordings;
  }

  int moves() {
    return moves;
  }

  Void playUntil(BooleanSupplier isOver) throws Exception {
    ask("POST", "", "{\"roomType\":4}");
    while (!isOver.getAsBoolean()) {
      play();
    }
    return null;
  }

  private void play() throws Exception {
    told.clear();
    JsonNode answer =
        ask(
            "PUT",
            "/records/states/1",
            """
            {"mode":"web","webRecordConfig":{"url":"%s","videoWidth":480,"videoHeight":320,
            "videoFps":10,"videoBitrate":200}}
            """
                .formatted(page));
    List<String> running =
        rows("SELECT id FROM recordings WHERE running = 1 AND subject = '" + room + "'");
    assertThat(running).as("%s: %s", this, answer).hasSize(1);
    String id = running.getFirst();
    recordings++;
    tell("start " + id);
    assertThat(comes(id, "RECORDING")).as("%s begins", this).isTrue();
    long end = System.nanoTime() + Duration.ofSeconds(20 + random.nextInt(40)).toNanos();
    while (System.nanoTime() < end) {
      Pause.of(Duration.ofMillis(5000 + random.nextInt(10_000)));
      if (random.nextInt(4) == 0) {
        hold(true);
        Pause.of(Duration.ofMillis(1000 + random.nextInt(4000)));
        hold(false);
      }
    }
    tell("stop");
    ask("PUT", "/records/states/0", "");
    assertThat(comes(id, "FINISHED")).as("%s is over", this).isTrue();
    check(nodes.recordings().resolve(id));
  }

  private void hold(boolean hold) throws Exception {
    tell(hold ? "hold" : "release");
    ask("PATCH", "/records/states/1", "{\"webRecordConfig\":{\"onhold\":" + hold + "}}");
  }

  private void check(Path files) throws Exception {
    Report report = ReportFile.read(files);
    String where = this + ": " + report;
    int parts = (int) report.slices().stream().map(Report.SliceEntry::attempt).distinct().count();
    moves += parts - 1;
    assertThat(report.state()).as(where).isEqualTo(Report.State.FINISHED);
    assertThat(report.gaps()).as(where).allMatch(gap -> gap.to() != null && !gap.cause().isBlank());
    assertThat(report.gaps())
        .as(where)
        .allMatch(gap ->
            gap.cause()
                .matches("The node [ab] (was lost|handed it over)|.*recorder.*|.*server ended"));
    double away =
        report.pauses().stream().mapToDouble(pause -> seconds(pause.from(), pause.to())).sum()
            + report.gaps().stream().mapToDouble(gap -> seconds(gap.from(), gap.to())).sum();
    double expected = seconds(started(report), report.stoppedAt()) - away;
    double tolerance = 1 + CUT * (parts - 1 + report.gaps().size() + report.pauses().size());
    assertThat(report.durationSeconds())
        .as("%s: expected %.1f s", where, expected)
        .isBetween(expected - tolerance, expected + tolerance);
    Path video = files.resolve("page.mp4");
    assertThat((double) SecondsPage.seen(video).flashes().size())
        .as("seconds that are seen; %s: expected %.1f s", where, expected)
        .isBetween(expected - tolerance - 1, expected + tolerance + 1);
    double[] times = Decoded.pictureTimes(video);
    assertThat(times[times.length - 1])
        .as(where)
        .isBetween(report.durationSeconds() - 3, report.durationSeconds() + 0.5);
    assertThat(Decoded.complaints(video)).as(where).isEmpty();
    try (Stream<Path> all = Files.list(files)) {
      assertThat(all.filter(Files::isDirectory)).as("%s: the parts are one", where).isEmpty();
    }
  }

  private static Instant started(Report report) {
    return java.util.Objects.requireNonNull(report.startedAt());
  }

  private static double seconds(Instant from, @Nullable Instant to) {
    return to == null ? 0 : Duration.between(from, to).toMillis() / 1e3;
  }

  private boolean comes(String id, String state) {
    String sql = "SELECT state FROM recordings WHERE id = '" + id + "'";
    return Await.until(PATIENCE, () -> rows(sql).equals(List.of(state)));
  }

  /** When the database answers. */
  private List<String> rows(String sql) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return nodes.column(sql);
      } catch (IllegalStateException e) {
        assertThat(System.nanoTime()).as("the database stays away").isLessThan(end);
        Pause.of(Duration.ofMillis(300));
      }
    }
  }

  /** By any node, as through a proxy; again while none of them can. */
  private JsonNode ask(String method, String path, String body) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < end) {
      List<Node> all = new ArrayList<>(up.values());
      Node node = all.get(random.nextInt(all.size()));
      try {
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:"
                            + node.port()
                            + "/edu/apps/"
                            + NodeProcesses.APP
                            + "/v2/rooms/"
                            + room
                            + path))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        last = answer.body();
        // What was done though its answer was lost is in the way of a second try.
        if (answer.statusCode() == 200 || answer.statusCode() == 409) {
          return Json.LINES.readTree(last);
        }
        assertThat(answer.statusCode()).as("%s %s: %s", method, path, last).isEqualTo(503);
      } catch (IOException e) {
        last = e.toString();
      }
      Pause.of(Duration.ofMillis(500));
    }
    throw new AssertionError(this + ": " + method + " " + path + ": " + last);
  }

  private void tell(String what) {
    told.add(Instant.now() + " " + what);
    System.out.println("fleet soak: " + room + " " + what);
  }

  @Override
  public String toString() {
    return room + " " + told;
  }
}
