package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.JsonNode;

/** A receiver of callbacks that hangs or refuses when it is told to. */
final class SoakReceiver implements AutoCloseable {
  enum Mood {
    WELL,
    REFUSES,
    HANGS
  }

  private final HttpServer web;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, List<JsonNode>> taken = new ConcurrentHashMap<>();
  private volatile Mood mood = Mood.WELL;

  SoakReceiver() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    web.setExecutor(threads);
    web.createContext("/", this::take);
    web.start();
  }

  String url() {
    return "http://127.0.0.1:" + web.getAddress().getPort() + "/";
  }

  void be(Mood next) {
    mood = next;
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode notice = Json.LINES.readTree(exchange.getRequestBody().readAllBytes());
    try {
      if (mood == Mood.HANGS) {
        closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean isTaken = mood == Mood.WELL;
    if (isTaken) {
      String recording = notice.path("payload").path("recordId").asString();
      taken.computeIfAbsent(recording, id -> new CopyOnWriteArrayList<>()).add(notice);
    }
    exchange.sendResponseHeaders(isTaken ? 200 : 500, -1);
    exchange.close();
  }

  /** Of each recording they came in their order; one may come twice. */
  void assertOrdered() {
    taken.forEach((recording, notices) ->
        assertThat(notices.stream().map(SoakReceiver::sequence).toList()).as(recording).isSorted());
  }

  private static long sequence(JsonNode notice) {
    return notice.path("payload").path("sequence").asLong();
  }

  /** How many came, of all recordings; none came twice. */
  int countOfOnes() {
    taken.forEach((recording, notices) ->
        assertThat(notices.stream().map(SoakReceiver::sequence).toList())
            .as(recording)
            .doesNotHaveDuplicates());
    return taken.values().stream().mapToInt(List::size).sum();
  }

  /** The last one of each recording says that it is over. */
  void assertNothingMissing() {
    taken.forEach((recording, notices) ->
        assertThat(notices.getLast().path("payload").path("state").asInt())
            .as("%s: %s", recording, notices)
            .isZero());
  }

  @Override
  public void close() {
    closed.countDown();
    web.stop(0);
    threads.shutdownNow();
  }
}
