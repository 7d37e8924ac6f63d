package org.pagereel.server.faces.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.http.ApiError;
import tools.jackson.databind.JsonNode;

/** The demo room's messages, over HTTP. */
class SignallingTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;
  private @Nullable DemoServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everybodyHearsWhatIsMeantForThemInOrder() throws Exception {
    open("");
    long first = post("r", message("emma", "hello"));
    long second = post("r", "{\"from\":\"emma\",\"to\":\"li\",\"type\":\"welcome\",\"number\":1}");
    long third = post("r", message("li", "hello"));
    post("another", message("emma", "hello"));
    assertThat(List.of(second - first, third - second)).containsExactly(1L, 1L);

    assertThat(numbers(messages("r", first - 1, "li"))).containsExactly(first, second, third);
    assertThat(numbers(messages("r", first - 1, "sofia"))).containsExactly(first, third);
    assertThat(numbers(messages("r", first, "sofia"))).containsExactly(third);
    JsonNode welcome = messages("r", first, "li").get(0);
    assertThat(welcome.path("type").asString()).isEqualTo("welcome");
    assertThat(welcome.path("from").asString()).isEqualTo("emma");
  }

  @Test
  void whoWaitsIsWoken() throws Exception {
    open("");
    long last = post("r", message("emma", "hello"));
    CompletableFuture<HttpResponse<String>> waiting =
        HTTP.sendAsync(get("r/messages?after=" + last + "&for=emma"), BodyHandlers.ofString());
    // Not meant for emma, so it must not end the waiting.
    post("r", "{\"from\":\"li\",\"to\":\"sofia\",\"type\":\"welcome\"}");
    long meant = post("r", message("li", "hello"));
    JsonNode answer = Json.LINES.readTree(waiting.get(5, TimeUnit.SECONDS).body());
    assertThat(numbers(answer.path("messages"))).containsExactly(meant);
  }

  @Test
  void aServerThatStopsLetsGoOfWhoWaits() throws Exception {
    open("");
    long last = post("r", message("emma", "hello"));
    CompletableFuture<HttpResponse<String>> waiting =
        HTTP.sendAsync(get("r/messages?after=" + last + "&for=emma"), BodyHandlers.ofString());
    ask("r/board"); // by now the other request is waiting, or will be told that all is over
    long begin = System.nanoTime();
    stop();
    server = null;
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    // Whoever asked just as it stopped may get no answer at all; the server must not wait for that.
    waiting.cancel(true);
  }

  @Test
  void theBoardIsTheInkSinceItWasCleared() throws Exception {
    open("");
    post("r", message("emma", "ink"));
    post("r", message("emma", "clear"));
    long second = post("r", message("emma", "ink"));
    long third = post("r", message("li", "ink"));
    long last = post("r", message("li", "bye"));
    JsonNode board = ask("r/board");
    assertThat(board.path("number").asLong()).isEqualTo(last);
    assertThat(numbers(board.path("pieces"))).containsExactly(second, third);
  }

  @Test
  void theOldestGoes() throws Exception {
    open("");
    long first = post("r", message("emma", "hello"));
    for (int i = 0; i < 2000; i++) {
      post("r", message("emma", "hello"));
    }
    assertThat(numbers(messages("r", 0, "li"))).hasSize(2000).doesNotContain(first);

    String large = "x".repeat(60_000);
    for (int i = 0; i < 20; i++) {
      post("long", "{\"from\":\"emma\",\"type\":\"ink\",\"text\":\"" + large + "\"}");
    }
    assertThat(ask("long/board").path("pieces")).hasSizeBetween(5, 10);
    assertThat(messages("long", 0, "li")).hasSizeBetween(5, 10);
  }

  @Test
  void thereAreOnlySoManyRooms() throws Exception {
    open("");
    for (int i = 0; i < 200; i++) {
      post("r" + i, message("emma", "hello"));
    }
    assertThat(send(post("r200", "emma", "hello")).statusCode()).isEqualTo(503);
    post("r0", message("emma", "hello"));
  }

  @Test
  void onlySoManyWaitAndAreMembers() throws Exception {
    open("");
    long last = post("r", message("emma", "hello"));
    List<CompletableFuture<HttpResponse<String>>> waiting =
        IntStream.range(0, 5)
            .mapToObj(i ->
                HTTP.sendAsync(
                    get("r/messages?after=" + last + "&for=emma"), BodyHandlers.ofString()))
            .toList();
    // Whichever of the five came last; the four wait on.
    Object refused =
        CompletableFuture.anyOf(waiting.toArray(CompletableFuture[]::new))
            .get(10, TimeUnit.SECONDS);
    assertThat(((HttpResponse<?>) refused).statusCode()).isEqualTo(429);
    for (int i = 0; i < 99; i++) {
      post("r", message("member" + i, "hello"));
    }
    assertThat(send(post("r", "onemore", "hello")).statusCode()).isEqualTo(503);
    assertThat(
            HTTP.send(get("r/messages?after=0&for=onemore"), BodyHandlers.ofString()).statusCode())
        .isEqualTo(503);
    post("r", message("member1", "hello"));
    for (CompletableFuture<HttpResponse<String>> one : waiting) {
      assertThat(one.get(20, TimeUnit.SECONDS).statusCode()).isIn(200, 429);
    }
  }

  @Test
  void allRoomsTogetherKeepOnlySoMuch() throws Exception {
    DemoRooms rooms = new DemoRooms(10_000);
    String json = "{\"text\":\"" + "x".repeat(4000) + "\"}";
    for (int i = 0; i < 3; i++) {
      rooms.roomToFill("r" + i).post("emma", null, "hello", json);
    }
    assertThatThrownBy(() -> rooms.roomToFill("r3"))
        .isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.status()).isEqualTo(503));
    assertThat(rooms.room("r0").after(0, "li", Duration.ZERO)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "\"text\"",
        "{}",
        "{\"from\":\"emma\"}",
        "{\"type\":\"hello\"}",
        "{\"from\":\"em ma\",\"type\":\"hello\"}",
        "{\"from\":\"emma\",\"type\":\"HELLO\"}",
        "{\"from\":\"emma\",\"to\":\"\",\"type\":\"hello\"}",
        "{\"from\":\"emma\",\"to\":7.5e300,\"type\":[]}",
      })
  void aMessageThatIsNone(String body) throws Exception {
    open("");
    assertThat(send(request("r/messages", body)).statusCode()).isEqualTo(400);
  }

  @Test
  void otherBadInput() throws Exception {
    open("");
    String name = "x".repeat(65);
    for (String path :
        List.of(
            name + "/messages?after=0&for=emma",
            "r%20r/messages?after=0&for=emma",
            "r%2F..%2Fr/board",
            "r/messages?for=emma",
            "r/messages?after=-1&for=emma",
            "r/messages?after=1e9&for=emma",
            "r/messages?after=99999999999999999999&for=emma",
            "r/messages?after=0",
            "r/messages?after=0&for=" + name)) {
      assertThat(HTTP.send(get(path), BodyHandlers.ofString()).statusCode())
          .as(path)
          .isEqualTo(400);
    }
    String large = "{\"from\":\"emma\",\"type\":\"hello\",\"text\":\"" + "x".repeat(65_536) + "\"}";
    assertThat(send(request("r/messages", large)).statusCode()).isEqualTo(413);
    String larger =
        "{\"from\":\"emma\",\"type\":\"hello\",\"text\":\"" + "x".repeat(300_000) + "\"}";
    assertThat(send(request("r/messages", larger)).statusCode()).isEqualTo(413);
  }

  @Test
  void whereItIsOff() throws Exception {
    open("demoRoom: false");
    HttpResponse<String> answer = HTTP.send(get("r/board"), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("demoRoom: true");
    assertThat(send(post("r", "emma", "hello")).statusCode()).isEqualTo(404);
  }

  private void open(String yaml) throws IOException {
    server = new DemoServer(folder, yaml);
  }

  private long post(String room, String body) throws Exception {
    HttpResponse<String> answer = send(request(room + "/messages", body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.LINES.readTree(answer.body()).path("number").asLong();
  }

  private HttpRequest post(String room, String from, String type) {
    return request(room + "/messages", message(from, type));
  }

  private JsonNode messages(String room, long after, String user) throws Exception {
    return ask(room + "/messages?after=" + after + "&for=" + user).path("messages");
  }

  private JsonNode ask(String path) throws Exception {
    HttpResponse<String> answer = HTTP.send(get(path), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.LINES.readTree(answer.body());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(uri(path)).build();
  }

  private URI uri(String path) {
    return URI.create(java.util.Objects.requireNonNull(server).base() + "/demo-room/" + path);
  }

  private static String message(String from, String type) {
    return "{\"from\":\"" + from + "\",\"type\":\"" + type + "\"}";
  }

  private static List<Long> numbers(JsonNode messages) {
    return IntStream.range(0, messages.size())
        .mapToObj(i -> messages.get(i).path("number").asLong())
        .toList();
  }
}
