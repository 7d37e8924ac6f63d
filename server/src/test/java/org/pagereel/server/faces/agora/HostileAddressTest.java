package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import tools.jackson.databind.JsonNode;

/**
 * Pages may come from 127.0.0.2 here, which plays the public network; this machine's own services
 * on 127.0.0.1 and [::1] are what they must never reach.
 */
@WholeMachine
class HostileAddressTest {
  private static final String SETTINGS =
      """
      apps:
        - {id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, certificate: 0123456789abcdef0123456789abcdef}
      network: {allow: [127.0.0.2]}
      recordings: {atOnce: 2}
      """;

  /** Of so many addresses one is also tried in a frame; 1 tries all. */
  private static final int FRAME_EVERY = Integer.getInteger("pagereel.frameEvery", 4);

  @TempDir Path folder;
  private final Queue<String> reached = new ConcurrentLinkedQueue<>();
  private TestServer server;
  private HttpServer victim;
  private HttpServer outside;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(folder, SETTINGS);
    victim = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    victim.createContext(
        "/",
        exchange -> {
          reached.add(exchange.getRequestURI().toString());
          TestPages.send(exchange, 200, "text/html", "<body>secret");
        });
    victim.start();
    outside = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0), 0);
    outside.start();
  }

  @AfterEach
  void nothingIsLeft() {
    server.close();
    victim.stop(0);
    outside.stop(0);
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  void asThePageItself() throws Exception {
    AgoraClient client = server.client();
    client.create("r");
    List<String> pages =
        Stream.concat(
                addresses().stream(),
                Stream.of(
                    "file:///etc/passwd",
                    "view-source:http://127.0.0.1/",
                    "chrome://version",
                    "javascript:alert(1)",
                    "data:text/html,x",
                    "about:blank",
                    "ws://127.0.0.1/"))
            .toList();
    assertThat(pages).hasSizeGreaterThanOrEqualTo(60);
    for (String page : pages) {
      FlippingNames.beginAnew();
      AgoraClient.Answer answer = client.start("r", "\"url\":\"" + page + "\"", "");
      if (page.contains("flip.test")) {
        answer.ok(); // it was innocent when it was looked at
        client.stop("r").ok();
        continue;
      }
      assertThat(answer.status()).as("%s: %s", page, answer.body()).isEqualTo(400);
      assertThat(answer.body().path("msg").asString()).startsWith("webRecordConfig.url");
    }
    assertThat(reached).isEmpty();
  }

  @Test
  void fromWithinAPage() throws Exception {
    int framed = ThreadLocalRandom.current().nextInt(FRAME_EVERY); // in time, all
    String list =
        addresses().stream().map(address -> "'" + address + "'").collect(Collectors.joining(","));
    page(
        "/hostile.html",
        """
        <!doctype html><meta charset="utf-8"><body>hostile<script>
        const addresses = [%s];
        const redirected = '/redirect?to=';
        addresses.forEach((address, i) => {
          const tagged = how => address + (address.endsWith('/') ? how + i : '?' + how + i);
          fetch(tagged('fetch'), {mode: 'no-cors'}).catch(() => {});
          fetch(redirected + encodeURIComponent(tagged('redirect')), {mode: 'no-cors'}).catch(() => {});
          new Image().src = tagged('image');
          navigator.sendBeacon(tagged('beacon'), 'x');
          try { new WebSocket(address.replace('http', 'ws')); } catch (refused) {}
          if (i %% %d != %d) return; // of each frame that it does not get, Chromium makes a page
          const frame = document.body.appendChild(document.createElement('iframe'));
          frame.src = tagged('frame');
        });
        setTimeout(() => fetch('/records/ready', {method: 'PUT'}), 6000);
        </script>
        """
            .formatted(list, FRAME_EVERY, framed));
    outside.createContext(
        "/redirect",
        exchange -> {
          String target = exchange.getRequestURI().getQuery().substring("to=".length());
          exchange.getResponseHeaders().set("Location", URI.create(target).toASCIIString());
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    record("/hostile.html");
    assertThat(reached).as("one of %d in a frame, from %d on", FRAME_EVERY, framed).isEmpty();
  }

  @Test
  void byAPageThatLeadsElsewhere() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    outside.createContext(
        "/away.html",
        exchange -> {
          asked.incrementAndGet();
          exchange
              .getResponseHeaders()
              .set("Location", "http://127.0.0.1:" + victim.getAddress().getPort() + "/away");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    AgoraClient client = server.client();
    client.create("r");
    client.start("r", "\"url\":\"" + url("/away.html") + "\"", ",\"retryTimeout\":3").ok();
    client.awaitRecord("r", record -> record.path("state").asInt() == 0);
    assertThat(client.reasons("r")).containsExactly(4, 4, 5);
    assertThat(asked.get()).isPositive();
    assertThat(reached).isEmpty();
  }

  @Test
  void aNeighboursRecording() throws Exception {
    page("/page.html", "<body>page<script>fetch('/records/ready', {method: 'PUT'})</script>");
    AgoraClient client = server.client();
    JsonNode mine = recorded(client, "mine");
    JsonNode other = recorded(client, "other");
    String link = mine.path("url").asString();
    assertThat(AgoraClient.bytes(link).statusCode()).isEqualTo(200);
    String swapped =
        link.replace(mine.path("recordId").asString(), other.path("recordId").asString());
    assertThat(AgoraClient.bytes(swapped).statusCode()).isEqualTo(401);
    String query = other.path("webRecordUrlQuery").asString();
    String token =
        java.net.URLDecoder.decode(
            query.replaceAll(".*rtmToken=([^&]*).*", "$1"),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(AgoraClient.bytes(link.replaceAll("\\?.*", ""), "x-agora-token", token).statusCode())
        .isEqualTo(401);
    AgoraClient neighbour = new AgoraClient(server.base(), TestServer.APP, token, "otherrecorder");
    assertThat(neighbour.call("GET", neighbour.room("mine") + "/sequences", null).status())
        .isEqualTo(401);
  }

  private JsonNode recorded(AgoraClient client, String room) throws Exception {
    client.create(room);
    client.start(room, "\"rootUrl\":\"" + url("/page.html") + "\"", ",\"retryTimeout\":20").ok();
    client.awaitRecord(room, record -> record.path("ready").asBoolean());
    Pause.of(Duration.ofSeconds(1));
    client.stop(room).ok();
    return client.awaitFiles(room);
  }

  private void record(String path) throws Exception {
    AgoraClient client = server.client();
    client.create("r");
    client.start("r", "\"rootUrl\":\"" + url(path) + "\"", ",\"retryTimeout\":30").ok();
    client.awaitRecord("r", record -> record.path("ready").asBoolean());
    client.stop("r").ok();
    client.awaitRecord("r", record -> record.path("state").asInt() == 0);
    assertThat(client.reasons("r")).containsExactly(1, 2);
  }

  private void page(String path, String body) {
    outside.createContext(path, exchange -> TestPages.send(exchange, 200, "text/html", body));
  }

  private String url(String path) {
    return "http://127.0.0.2:" + outside.getAddress().getPort() + path;
  }

  private List<String> addresses() {
    return HostileAddresses.of(victim.getAddress().getPort(), server.base());
  }
}
