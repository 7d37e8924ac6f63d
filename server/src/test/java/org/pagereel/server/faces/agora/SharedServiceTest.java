package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.FreePort;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses;
import org.pagereel.server.service.NodeProcesses.Node;
import org.pagereel.server.service.NodeService;
import org.pagereel.server.service.StandInService;
import tools.jackson.databind.JsonNode;

/**
 * Three nodes are one service to a classroom's clients, whichever of them each request comes to.
 *
 * <p>{@code -Dpagereel.long=true -Dpagereel.rounds=10}: with real recorders.
 */
@WholeMachine
class SharedServiceTest {
  private static final boolean REAL = Boolean.getBoolean("pagereel.long");
  private static final int ROUNDS = Integer.getInteger("pagereel.rounds", 1);
  private static final int ROOMS = 12;
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String NAME = "record.test";

  /** The smallest and slowest that this API lets one ask for. */
  private static final String SMALL =
      ",\"videoWidth\":480,\"videoHeight\":320,\"videoFps\":5,\"videoBitrate\":100";

  @TempDir Path folder;

  /** With two servers in one process it is part of every build ({@code FleetServiceTest}). */
  @Test
  @EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
  void everyRequestGoesToAnotherNode() throws Exception {
    try (TestPages pages = new TestPages();
        SoakReceiver receiver = new SoakReceiver();
        NodeProcesses nodes = new NodeProcesses(folder, NodeService.class)) {
      nodes.callback(receiver.url());
      String page = "\"rootUrl\":\"" + pages.html("still.html", "<body>still") + "\"" + SMALL;
      Node a = nodes.start("a", ROOMS);
      Node b = nodes.start("b", ROOMS / 2);
      Node c = nodes.start("c", ROOMS / 2);
      List<Node> all = List.of(a, b, c);
      int notices = 0;
      for (int round = 0; round < ROUNDS; round++) {
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
          rooms.add("room-" + round + "-" + i);
        }
        for (String room : rooms) {
          client(a).create(room);
          client(a).start(room, page, "").ok();
        }
        await(nodes, "RECORDING");
        assertSpread(nodes);
        orders(rooms, nodes, b, c, a);
        for (String room : rooms) {
          JsonNode made = client(b).awaitFiles(room);
          String video = made.path("recordDetails").path(0).path("url").asString();
          assertThat(AgoraClient.bytes(video).statusCode()).isEqualTo(200);
          notices +=
              client(c).events(room).size() + 2; // a pause and its end are told, and no events
        }
        assertPolledOnce(all, rooms);
        assertOneNoticeEach(receiver, notices);
      }
      receiver.assertOrdered();
      receiver.assertNothingMissing();
    }
    LeftoverCheck.assertNothingLeft();
  }

  /** A hold, its end and the recording's, each at another node. */
  private static void orders(
      List<String> rooms, NodeProcesses nodes, Node holds, Node releases, Node stops)
      throws Exception {
    for (String room : rooms) {
      client(holds).hold(room, true).ok();
    }
    await(nodes, "PAUSED");
    for (String room : rooms) {
      client(releases).hold(room, false).ok();
    }
    await(nodes, "RECORDING");
    for (String room : rooms) {
      client(stops).stop(room).ok();
    }
  }

  private static void await(NodeProcesses nodes, String state) {
    String sql = "SELECT id FROM recordings WHERE state = '" + state + "'";
    assertThat(Await.until(SOON, () -> nodes.column(sql).size() == ROOMS))
        .as("%s: %s", state, nodes.column("SELECT state FROM recordings WHERE running = 1"))
        .isTrue();
  }

  /** The emptiest takes the next: so all end with the same room left. */
  private static void assertSpread(NodeProcesses nodes) {
    int byA = nodes.recordedBy("a");
    System.out.printf("spread: %d, %d, %d%n", byA, nodes.recordedBy("b"), nodes.recordedBy("c"));
    assertThat(byA).isBetween(5, 11);
    assertThat(nodes.recordedBy("b")).isBetween(0, 4);
    assertThat(nodes.recordedBy("c")).isBetween(0, 4);
  }

  /** All nodes are asked at the same time: each event is given to one of those who ask. */
  private static void assertPolledOnce(List<Node> all, List<String> rooms) throws Exception {
    Queue<String> polled = new ConcurrentLinkedQueue<>();
    String path = "/cn/edu/polling/apps/" + NodeProcesses.APP + "/v2/rooms/sequences";
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> calls = new ArrayList<>();
      for (Node node : all) {
        Callable<Void> call =
            () -> {
              List<JsonNode> batch;
              do {
                batch = client(node).call("GET", path, null).ok().data().valueStream().toList();
                batch.forEach(event -> polled.add(name(event)));
              } while (!batch.isEmpty());
              return null;
            };
        calls.add(callers.submit(call));
      }
      for (Future<Void> call : calls) {
        call.get();
      }
    }
    List<String> expected = new ArrayList<>();
    for (String room : rooms) {
      String sequences = client(all.getFirst()).room(room) + "/sequences";
      client(all.getFirst())
          .call("GET", sequences, null)
          .ok()
          .data()
          .path("list")
          .forEach(event -> expected.add(name(event)));
    }
    assertThat(polled).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String name(JsonNode event) {
    return event.path("roomUuid").asString() + " " + event.path("sequence").asLong();
  }

  private static void assertOneNoticeEach(SoakReceiver receiver, int notices) {
    assertThat(Await.until(SOON, () -> receiver.countOfOnes() >= notices)).isTrue();
    assertThat(receiver.countOfOnes()).isEqualTo(notices);
  }

  /** With a token of its own, through the proxy of the documentation, which lets all take turns. */
  @Test
  void aClassroomsClientSeesOneServer() throws Exception {
    int port = FreePort.find();
    String publicUrl = "https://" + NAME + ":" + port;
    try (TestPages pages = new TestPages();
        NodeProcesses nodes =
            new NodeProcesses(folder, REAL ? NodeService.class : StandInService.class)) {
      nodes.settings("publicUrl: \"" + publicUrl + "\"");
      List<Node> all =
          new ArrayList<>(List.of(nodes.start("a", 2), nodes.start("b", 2), nodes.start("c", 2)));
      all.sort(Comparator.comparing(Node::name));
      int[] ports = all.stream().mapToInt(Node::port).toArray();
      try (NginxBeforeIt nginx = new NginxBeforeIt(folder.resolve("nginx"), NAME, port, ports);
          HttpClient http = HttpClient.newBuilder().sslContext(nginx.trust()).build()) {
        AgoraClient client = client(all.getFirst()).through(publicUrl, http);
        String page = "\"rootUrl\":\"" + pages.html("still.html", "<body>still") + "\"" + SMALL;
        for (int round = 0; round < 2 * ROUNDS; round++) {
          String room = "r" + round;
          client.create(room);
          client.start(room, page + ",\"onhold\":true", "").ok();
          client.awaitRecord(room, record -> record.path("ready").asBoolean());
          client.hold(room, false).ok();
          client.awaitRecord(room, record -> record.path("state").asInt() == 1);
          assertThat(client.start(room, page, "").status()).as("started twice").isEqualTo(409);
          await(nodes, room, "RECORDING");
          client.stop(room).ok();
          String video =
              client.awaitFiles(room).path("recordDetails").path(0).path("url").asString();
          assertThat(video).startsWith(publicUrl);
          assertThat(client.reasons(room)).containsExactly(1, 2);
        }
      }
    }
    LeftoverCheck.assertNothingLeft();
  }

  private static void await(NodeProcesses nodes, String room, String state) {
    String sql =
        "SELECT id FROM recordings WHERE subject = '" + room + "' AND state = '" + state + "'";
    assertThat(Await.until(SOON, () -> nodes.column(sql).size() == 1)).isTrue();
  }

  private static AgoraClient client(Node node) {
    return new AgoraClient("http://127.0.0.1:" + node.port(), NodeProcesses.APP, "", null);
  }
}
