package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.SideBySide;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Pixels;

/** Classes of an upstream that gives each event out once, and drops connections. */
@WholeMachine
class AutoStartTest {
  private static final int CLASSES = Integer.getInteger("pagereel.classes", 4);
  private static final int MANY = Integer.getInteger("pagereel.manyClasses", 300);
  private static final String BODY =
      "{mode: web, retryTimeout: 20, webRecordConfig: {rootUrl: '%s', videoWidth: 480,"
          + " videoHeight: 320, videoFps: 5, videoBitrate: 100}}";

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sequence = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private final Random random = new Random(7);
  private volatile int atOnce = 5;

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  @SideBySide
  void eachClassIsRecordedOnce() throws Exception {
    try (TestPages pages = new TestPages()) {
      try (TestServer server = new TestServer(folder, settings(pages, "atOnce: 3"))) {
        AgoraClient client = server.client();
        for (int i = 0; i < CLASSES; i++) {
          change("class" + i, 1);
        }
        Set<String> ended = new HashSet<>();
        boolean all =
            Await.until(
                Duration.ofSeconds(60 + 10L * CLASSES),
                () -> {
                  for (int i = 0; i < CLASSES; i++) {
                    if (isRecording(client, "class" + i) && ended.add("class" + i)) {
                      change("class" + i, 2);
                    }
                  }
                  return ended.size() == CLASSES;
                });
        assertThat(all).as("recorded: %s", ended).isTrue();
        for (int i = 0; i < CLASSES; i++) {
          client.awaitRecord("class" + i, record -> record.path("state").asInt(9) == 0);
          client.awaitFiles("class" + i);
          assertThat(client.reasons("class" + i)).containsExactly(1, 2);
          assertThat(client.list("class" + i).path("total").asInt()).isEqualTo(1);
        }
        assertThat(dropped.get()).as("connections dropped").isPositive();
      }
    }
  }

  /**
   * Far more classes than there is room for, all of which end: no end waits behind a start that has
   * to wait, and rooms that are created again are recorded again.
   */
  @Test
  @SideBySide
  void manyWaitAndAllEnd() throws Exception {
    try (TestPages pages = new TestPages()) {
      try (TestServer server = new TestServer(folder, settings(pages, "atOnce: 1, queue: 20"))) {
        AgoraClient client = server.client();
        atOnce = 50;
        for (int i = 0; i < MANY; i++) {
          event("class" + i, 1, 1, 1000);
        }
        assertThat(Await.until(Duration.ofSeconds(60), () -> isRecording(client, "class0")))
            .isTrue();
        assertThat(Await.until(Duration.ofSeconds(60), events::isEmpty)).isTrue();
        for (int i = 0; i < MANY; i++) {
          event("class" + i, 2, 2, 1000);
        }
        // Created again: its sequences begin anew, and it comes behind all the others.
        event("class0", 1, 1, 2000);
        assertThat(Await.until(Duration.ofSeconds(90), () -> total(client, "class0") == 2))
            .isTrue();
        client.awaitRecord("class0", record -> record.path("ready").asBoolean());
        event("class0", 2, 2, 2000);
        client.awaitFiles("class0");
        assertThat(client.reasons("class0")).containsExactly(1, 2, 1, 2);
        for (int i = 1; i < MANY; i++) {
          assertThat(total(client, "class" + i)).as("class" + i).isLessThanOrEqualTo(1);
        }
        List<String> open = server.query("SELECT room_uuid FROM class_changes WHERE handled = 0");
        assertThat(open).isEmpty();
        assertThat(server.query("SELECT subject FROM recordings WHERE running = 1")).isEmpty();
      }
    }
  }

  private String settings(TestPages pages, String recordings) throws IOException {
    String page =
        pages.html(
            "class.html", "<body>class<script>fetch('/records/ready', {method: 'PUT'})</script>");
    String upstream = pages.handle("edu/polling/apps/x/v2/rooms/sequences", this::poll);
    return """
    apps:
      - id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        certificate: 0123456789abcdef0123456789abcdef
        autoRecord:
          body: %s
          upstream: {url: '%s', every: 100ms, headers: {x-agora-token: secret}}
    network: {allow: [127.0.0.0/8]}
    recordings: {%s}
    """
        .formatted(BODY.formatted(page), upstream, recordings);
  }

  private static int total(AgoraClient client, String room) {
    try {
      return client.list(room).path("total").asInt(0);
    } catch (Exception e) {
      return 0; // nobody has heard of it yet
    }
  }

  @Test
  @SideBySide
  void ourOwnClassStatesCountToo() throws Exception {
    try (TestPages pages = new TestPages()) {
      String page =
          pages.html(
              "class.html", "<body>class<script>fetch('/records/ready', {method: 'PUT'})</script>");
      String settings =
          """
          apps:
            - id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              certificate: 0123456789abcdef0123456789abcdef
              autoRecord: {body: %s}
          network: {allow: [127.0.0.0/8]}
          """
              .formatted(BODY.formatted(page).replace("320", "854")); // upright
      try (TestServer server = new TestServer(folder, settings)) {
        AgoraClient client = server.client();
        client.create("own");
        client.call("PUT", client.room("own") + "/states/1", null).ok();
        client.awaitRecord("own", record -> record.path("ready").asBoolean());
        client.call("PUT", client.room("own") + "/states/2", null).ok();
        client.awaitFiles("own");
        assertThat(client.reasons("own")).containsExactly(1, 2);
        String id = client.list("own").path("list").path(0).path("recordId").asString();
        Pixels picture = Pixels.ofLastPicture(server.recording(id).resolve("page.mp4"));
        assertThat(List.of(picture.width(), picture.height())).containsExactly(480, 854);
      }
    }
  }

  private static boolean isRecording(AgoraClient client, String room) {
    try {
      AgoraClient.Answer answer = client.call("GET", client.room(room), null);
      return answer.status() == 200
          && answer.data().path("roomProperties").path("record").path("ready").asBoolean(false);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void change(String room, int state) {
    events.add(
        "{\"roomUuid\":\"%s\",\"cmd\":1,\"sequence\":%d,\"version\":1,\"data\":{\"state\":%d}}"
            .formatted(room, sequence.incrementAndGet(), state));
  }

  private void event(String room, int number, int state, long startTime) {
    events.add(
        "{\"roomUuid\":\"%s\",\"cmd\":1,\"sequence\":%d,\"version\":1,\"data\":{\"state\":%d,\"startTime\":%d}}"
            .formatted(room, number, state, startTime));
  }

  /**
   * Now and then the connection breaks before anything is given out; nothing is given out twice.
   */
  private void poll(HttpExchange exchange) throws IOException {
    if (!"secret".equals(exchange.getRequestHeaders().getFirst("x-agora-token"))) {
      TestPages.send(exchange, 401, "application/json", "{\"code\":401}");
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        dropped.incrementAndGet();
        exchange.close(); // no answer at all
      }
      case 1 -> TestPages.send(exchange, 503, "text/html", "<h1>busy</h1>");
      default -> {
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < atOnce && !events.isEmpty(); i++) {
          batch.add(events.remove());
        }
        String data = String.join(",", batch);
        TestPages.send(
            exchange,
            200,
            "application/json",
            "{\"msg\":\"Success\",\"code\":0,\"ts\":1,\"data\":[" + data + "]}");
      }
    }
  }
}
