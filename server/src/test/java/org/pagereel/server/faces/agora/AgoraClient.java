package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.JsonNode;

/** What a classroom's client does, as docs/vendors/agora.md describes it. */
final class AgoraClient {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** One client for all: a connection pool per test would leave sockets behind. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String base;
  private final String app;
  private final String token;
  private final @Nullable String user;
  private final HttpClient http;
  String region = "";

  /** An answer: status of HTTP, and the envelope. */
  record Answer(int status, JsonNode body) {
    int code() {
      return body.path("code").asInt(-1);
    }

    JsonNode data() {
      return body.path("data");
    }

    Answer ok() {
      assertThat(status).as("%s", body).isEqualTo(200);
      assertThat(code()).isZero();
      assertThat(body.path("msg").asString()).isEqualTo("Success");
      assertThat(body.path("ts").isIntegralNumber()).isTrue();
      return this;
    }
  }

  AgoraClient(String base, String app, String token, @Nullable String user) {
    this(base, app, token, user, HTTP);
  }

  private AgoraClient(
      String base, String app, String token, @Nullable String user, HttpClient http) {
    this.http = http;
    this.base = base;
    this.app = app;
    this.token = token;
    this.user = user;
  }

  /** The same client at another address. */
  AgoraClient through(String address, HttpClient client) {
    return new AgoraClient(address, app, token, user, client);
  }

  String token() {
    return token;
  }

  String room(String uuid) {
    String name = URLEncoder.encode(uuid, StandardCharsets.UTF_8).replace("+", "%20");
    return region + "/edu/apps/" + app + "/v2/rooms/" + name;
  }

  Answer call(String method, String path, @Nullable String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .header("Authorization", "agora token=\"" + token + "\"")
            .header("x-agora-token", token)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (user != null) {
      request.header("x-agora-uid", user);
    }
    return send(http, request.build());
  }

  static Answer send(HttpRequest request) throws IOException, InterruptedException {
    return send(HTTP, request);
  }

  private static Answer send(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .as(response.body())
        .startsWith("application/json");
    return new Answer(response.statusCode(), Json.LINES.readTree(response.body()));
  }

  static HttpResponse<byte[]> bytes(String url, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  Answer create(String room) throws Exception {
    return call("POST", room(room), "{\"roomName\":\"数学 & 1\",\"roomType\":\"4\"}").ok();
  }

  Answer start(String room, String config, String more) throws Exception {
    return call(
        "PUT",
        room(room) + "/records/states/1",
        "{\"mode\":\"web\",\"webRecordConfig\":{" + config + "}" + more + "}");
  }

  Answer stop(String room) throws Exception {
    return call("PUT", room(room) + "/records/states/0", null);
  }

  Answer hold(String room, boolean hold) throws Exception {
    return call(
        "PATCH",
        room(room) + "/records/states/1",
        "{\"webRecordConfig\":{\"onhold\":" + hold + "}}");
  }

  /** The room's property {@code record}. */
  JsonNode record(String room) throws Exception {
    return call("GET", room(room), null).ok().data().path("roomProperties").path("record");
  }

  JsonNode awaitRecord(String room, Predicate<JsonNode> expected) throws Exception {
    JsonNode[] last = new JsonNode[1];
    boolean came =
        Await.until(
            PATIENCE,
            () -> {
              try {
                last[0] = record(room);
                return expected.test(last[0]);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    assertThat(came).as("record is %s", last[0]).isTrue();
    return last[0];
  }

  /** The reasons of the room's recording events, in order. */
  List<Integer> reasons(String room) throws Exception {
    return events(room).stream()
        .filter(event -> event.path("data").has("reason"))
        .map(event -> event.path("data").path("reason").asInt())
        .toList();
  }

  List<JsonNode> events(String room) throws Exception {
    JsonNode list = call("GET", room(room) + "/sequences?cmd=1001", null).ok().data().path("list");
    return list.valueStream().toList();
  }

  JsonNode list(String room) throws Exception {
    return call("GET", room(room) + "/records", null).ok().data();
  }

  /** The last recording of the room when its files are complete. */
  JsonNode awaitFiles(String room) throws Exception {
    JsonNode[] last = new JsonNode[1];
    boolean came =
        Await.until(
            PATIENCE,
            () -> {
              try {
                last[0] = list(room).path("list").valueStream().reduce((a, b) -> b).orElseThrow();
                return !last[0].path("recordDetails").isEmpty();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    assertThat(came).as("list has %s", last[0]).isTrue();
    return last[0];
  }
}
