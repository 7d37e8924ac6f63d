package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/**
 * Random commands and deaths, from a seed: property, events and list never disagree, a room never
 * has two recorders, and every recording ends. {@code -Dpagereel.sequences=200} for more.
 */
@WholeMachine
class RandomCommandsTest {
  private static final int SEQUENCES = Integer.getInteger("pagereel.sequences", 3);
  private static final int AT_ONCE = 3;
  private static final String SMALL =
      ",\"videoWidth\":480,\"videoHeight\":320,\"videoFps\":10,\"videoBitrate\":200";

  @TempDir Path folder;
  private TestServer server;
  private String node;
  private List<String> pages;

  @Test
  void nothingDisagrees() throws Exception {
    try (TestPages web = new TestPages();
        ExecutorService rooms = Executors.newFixedThreadPool(AT_ONCE)) {
      server = new TestServer(folder, TestServer.SETTINGS.replace("atOnce: 4", "atOnce: 3"));
      node = Files.readString(server.data.resolve("data/node")).strip();
      pages =
          List.of(
              web.html("now.html", "<body>a<script>" + ready(0) + "</script>"),
              web.html("late.html", "<body>b<script>" + ready(700) + "</script>"),
              web.html("never.html", "<body>c"));
      List<Future<Void>> all = new ArrayList<>();
      for (int seed = 1; seed <= SEQUENCES; seed++) {
        int own = seed;
        all.add(rooms.submit((Callable<Void>) () -> play(own)));
      }
      for (Future<Void> one : all) {
        one.get();
      }
    } finally {
      server.close();
    }
    LeftoverCheck.assertNothingLeft();
  }

  private static String ready(int millis) {
    return "setTimeout(() => fetch('/records/ready', {method: 'PUT'}), " + millis + ")";
  }

  private Void play(int seed) throws Exception {
    Random random = new Random(seed);
    String room = "room" + seed;
    AgoraClient client = server.client();
    client.create(room);
    for (int step = 0; step < 8; step++) {
      int before = client.list(room).path("total").asInt();
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          String page = pages.get(random.nextInt(pages.size()));
          AgoraClient.Answer answer =
              client.start(
                  room,
                  "\"rootUrl\":\"" + page + "\",\"onhold\":" + random.nextBoolean() + SMALL,
                  ",\"retryTimeout\":" + (1 + random.nextInt(3)));
          assertThat(answer.code()).isIn(0, 30409411);
          int after = client.list(room).path("total").asInt();
          assertThat(after - before).isEqualTo(answer.code() == 0 ? 1 : 0);
        }
        case 3 -> assertThat(client.stop(room).code()).isIn(0, 30409410);
        case 4 -> assertThat(client.hold(room, random.nextBoolean()).code()).isIn(0, 30409410);
        case 5 -> client.call("PUT", client.room(room) + "/records/ready", null).ok();
        case 6 -> client.call("PUT", client.room(room) + "/states/" + random.nextInt(3), null);
        default -> killSomething(client, room, random);
      }
      Pause.of(Duration.ofMillis(random.nextInt(1800)));
      check(client, room, seed);
    }
    client.stop(room);
    client.awaitRecord(room, record -> record.isMissingNode() || ended(client, room));
    check(client, room, seed);
    checkFiles(client, room, seed);
    return null;
  }

  private static boolean ended(AgoraClient client, String room) {
    try {
      return client.list(room).path("list").valueStream().allMatch(RandomCommandsTest::isEnded);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isEnded(JsonNode item) {
    return item.path("status").asInt() == 2;
  }

  private void killSomething(AgoraClient client, String room, Random random) throws Exception {
    String id = client.record(room).path("recordId").asString("");
    for (int attempt = 1; attempt < 12 && !id.isEmpty(); attempt++) {
      List<ProcessHandle> alive = Leftovers.processes(node + "-" + id + "-" + attempt);
      if (!alive.isEmpty()) {
        alive.get(random.nextInt(alive.size())).destroyForcibly();
        return;
      }
    }
  }

  private void check(AgoraClient client, String room, int seed) throws Exception {
    String where = "seed " + seed;
    List<JsonNode> events = client.events(room);
    JsonNode record = client.record(room);
    // The two were read one after the other; look again if something happened between.
    for (int i = 0; i < 5 && client.events(room).size() != events.size(); i++) {
      events = client.events(room);
      record = client.record(room);
    }
    if (events.isEmpty()) {
      assertThat(record.isMissingNode()).as(where).isTrue();
      return;
    }
    JsonNode last = events.getLast().path("data");
    assertThat(last.path("state").asInt()).as(where).isEqualTo(record.path("state").asInt());
    long running =
        client.list(room).path("list").valueStream().filter(item -> !isEnded(item)).count();
    assertThat(running).as(where).isLessThanOrEqualTo(1);
    checkGrammar(events, where);
  }

  /** Of each recording: -1, then 4 twice at the most, then 1 or 3 once, then 2 or 5 once. */
  static void checkGrammar(List<JsonNode> events, String where) {
    StringBuilder word = new StringBuilder();
    for (JsonNode event : events) {
      JsonNode data = event.path("data");
      if (data.has("reason")) {
        word.append(data.path("reason").asInt());
      }
    }
    assertThat(word.toString()).as(where).matches("(4{0,2}[13]?[25])*4{0,2}[13]?");
    assertThat(word.toString()).as(where).doesNotMatch(".*41.*");
    List<JsonNode> said = events.stream().map(event -> event.path("data")).toList();
    assertThat(said).as(where).doesNotHaveDuplicates();
    assertThat(said)
        .as(where + ": ended without a reason")
        .allMatch(data -> data.path("state").asInt() != 0 || data.has("reason"));
  }

  private void checkFiles(AgoraClient client, String room, int seed) throws Exception {
    for (JsonNode item : client.list(room).path("list").valueStream().toList()) {
      Path files = server.recording(item.path("recordId").asString());
      boolean hasSlices = Files.exists(files.resolve("page.m3u8"));
      if (!hasSlices) {
        continue;
      }
      assertThat(
              org.pagereel.recorder.process.Await.until(
                  java.time.Duration.ofSeconds(60), () -> isComplete(files)))
          .as("seed %d: %s", seed, files)
          .isTrue();
      assertThat(Decoded.complaints(files.resolve("page.mp4"))).as("seed " + seed).isEmpty();
    }
  }

  private static boolean isComplete(Path files) {
    try {
      Report report = ReportFile.read(files);
      return !report.videos().isEmpty();
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
