package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.Pause;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.core.recording.StandInCamera;
import org.pagereel.server.service.NodeProcesses.Node;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node that is to end hands over what it records; its recorders are stand-ins. Twelve of them
 * with {@code -Dpagereel.long=true}.
 */
@WholeMachine
class DrainTest {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final int MANY = 12;
  private static final String PAGE = "http://127.0.0.1/page";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;
  private NodeProcesses nodes;

  @BeforeEach
  void open() throws Exception {
    nodes = new NodeProcesses(folder, StandInService.class);
  }

  @AfterEach
  void end() {
    if (nodes != null) {
      nodes.close();
    }
  }

  private void record(Node node, int rooms) throws Exception {
    for (int i = 0; i < rooms; i++) {
      record(node, "room" + i, PAGE);
    }
    assertThat(Await.until(SOON, () -> running().size() == rooms)).isTrue();
  }

  private static void record(Node node, String room, String page) throws Exception {
    node.room(room);
    node.record(room, page);
  }

  private List<String> running() {
    return nodes.column("SELECT id FROM recordings WHERE state = 'RECORDING' ORDER BY id");
  }

  private static JsonNode drain(Node node, String method, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/admin/drain"))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    ObjectNode seen = Json.LINES.createObjectNode().put("status", answer.statusCode());
    seen.set("body", Json.LINES.readTree(answer.body()));
    return seen;
  }

  /** When a recorder recorded, in its part: the first and the last time, in nanoseconds. */
  private List<Long> recorded(String id, long epoch) throws Exception {
    Path notes =
        nodes.recordings().resolve(id).resolve(NodePart.folder(epoch)).resolve(StandInCamera.MEDIA);
    List<Long> times = Files.readAllLines(notes).stream().map(Long::parseLong).toList();
    return List.of(times.getFirst(), times.getLast());
  }

  /**
   * At every moment there is a recorder, and in the end there is one; also when the first node that
   * takes it cannot go on with it.
   */
  @Test
  void whatItRecordsIsRecordedElsewhereBeforeItEnds() throws Exception {
    Node a = nodes.start("a", 8);
    record(a, "room0", PAGE);
    record(a, "room1", PAGE + "?broken=2");
    assertThat(Await.until(SOON, () -> running().size() == 2)).isTrue();
    Node b = nodes.start("b", 8);
    nodes.start("c", 8);
    assertThat(
            Await.until(
                SOON, () -> nodes.column("SELECT name FROM nodes WHERE beat > 2").size() == 3))
        .isTrue();
    a.process().destroy();
    assertThat(a.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(nodes.recordedBy("b") + nodes.recordedBy("c")).isEqualTo(2);
    assertThat(nodes.column("SELECT epoch FROM recordings ORDER BY number"))
        .containsExactly("2", "3");
    assertThat(nodes.column("SELECT state FROM nodes ORDER BY name"))
        .containsExactly("ENDED", "UP", "UP");
    List<String> ids = nodes.column("SELECT id FROM recordings ORDER BY number");
    for (int i = 0; i < 2; i++) {
      assertThat(recorded(ids.get(i), 1).getLast())
          .isGreaterThan(recorded(ids.get(i), i + 2).getFirst());
    }
    for (int i = 0; i < 2; i++) {
      b.stop("room" + i);
    }
    assertThat(Await.until(SOON, () -> running().isEmpty())).isTrue();
  }

  /** Each ends and comes back, one after the other; the recordings never stop. */
  @Test
  @EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
  void aRollingUpdateOfThreeNodesLosesNothing() throws Exception {
    List<Node> all = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      all.add(nodes.start(name, 8));
    }
    Pause.of(Duration.ofSeconds(2));
    record(all.getFirst(), MANY);
    List<String> before = running();
    for (int i = 0; i < all.size(); i++) {
      Node node = all.get(i);
      node.process().destroy();
      assertThat(node.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(nodes.recordedBy(node.name())).isZero();
      assertThat(Await.until(SOON, () -> running().size() == MANY)).isTrue();
      all.set(i, nodes.start(node.name(), 8));
    }
    assertThat(running()).isEqualTo(before);
    for (String id : before) {
      String claims =
          nodes.column("SELECT epoch FROM recordings WHERE id = '" + id + "'").getFirst();
      for (long epoch = 2; epoch <= Long.parseLong(claims); epoch++) {
        assertThat(recorded(id, epoch - 1).getLast())
            .as("%s has a recorder at every moment", id)
            .isGreaterThan(recorded(id, epoch).getFirst());
      }
    }
    for (int i = 0; i < MANY; i++) {
      all.getLast().stop("room" + i);
    }
    assertThat(Await.until(SOON, () -> running().isEmpty())).isTrue();
  }

  /** By an order it does the same, and stays. Alone it keeps what it has. */
  @Test
  void whoeverIsOnThisMachineOrHasTheKeyMayOrderIt() throws Exception {
    Node a = nodes.start("a", 8);
    record(a, 1);
    assertThat(drain(a, "GET").at("/body/state").stringValue()).isEqualTo("up");
    assertThat(drain(a, "POST", "Origin", "http://page.test").path("status").intValue())
        .isEqualTo(401);
    assertThat(drain(a, "POST", "Authorization", "Bearer wrong").path("status").intValue())
        .isEqualTo(401);
    assertThat(drain(a, "POST", "X-Forwarded-For", "9.9.9.9").path("status").intValue())
        .isEqualTo(401);
    assertThat(drain(a, "GET").at("/body/state").stringValue()).isEqualTo("up");
    JsonNode begun =
        drain(a, "POST", "Authorization", "Bearer 0123456789abcdef", "X-Forwarded-For", "9.9.9.9");
    assertThat(begun.path("status").intValue()).isEqualTo(202);
    assertThat(begun.at("/body/state").stringValue()).isEqualTo("draining");
    assertThat(begun.at("/body/recordings").intValue()).isEqualTo(1);
    a.room("late");
    a.record("late", PAGE);
    Pause.of(Duration.ofSeconds(3));
    assertThat(running()).as("it goes on here, for nobody else is there").hasSize(1);
    assertThat(nodes.column("SELECT state FROM recordings ORDER BY number"))
        .containsExactly("RECORDING", "QUEUED");
    nodes.start("b", 8);
    assertThat(Await.until(SOON, () -> nodes.recordedBy("b") == 2)).isTrue();
    assertThat(
            Await.until(
                SOON,
                () -> {
                  try {
                    return drain(a, "GET").at("/body/recordings").intValue() == 0;
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }))
        .isTrue();
    a.stop("room0");
    a.stop("late");
    assertThat(Await.until(SOON, () -> running().isEmpty())).isTrue();
  }
}
