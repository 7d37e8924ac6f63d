package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.WholeMachine;

/** Wrong requests are told what is wrong, and start nothing. */
@WholeMachine
class BadRequestTest {
  private static final String PAGE = "\"rootUrl\":\"http://127.0.0.1:9/\"";

  @TempDir static Path folder;
  private static TestServer server;
  private static AgoraClient client;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(folder, TestServer.SETTINGS);
    client = server.client();
    client.create("r");
  }

  @AfterAll
  static void close() throws Exception {
    assertThat(client.list("r").path("total").asInt()).as("recordings started").isZero();
    server.close();
    LeftoverCheck.assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "videoFps":61             | webRecordConfig.videoFps is 61; allowed: 5 to 60
          "videoFps":4              | webRecordConfig.videoFps is 4; allowed: 5 to 60
          "videoFps":"fast"         | webRecordConfig.videoFps is "fast"; allowed: a whole number from 5 to 60
          "videoFps":29.97          | webRecordConfig.videoFps is 29.97; allowed: a whole number from 5 to 60
          "videoBitrate":49         | webRecordConfig.videoBitrate is 49; allowed: 50 to 8000
          "videoBitrate":1e99       | webRecordConfig.videoBitrate is 1.0E99; allowed
          "videoWidth":1922         | webRecordConfig.videoWidth is 1922; allowed: 480 to 1920
          "videoWidth":479          | webRecordConfig.videoWidth is 479; allowed: 480 to 1920
          "videoHeight":1922        | webRecordConfig.videoHeight is 1922; allowed: 320 to 1920
          "videoWidth":1920,"videoHeight":1082 | webRecordConfig.videoHeight is 1082; allowed: with a videoWidth of 1920 at most as many pixels as 1920 x 1080 has
          "videoWidth":1082,"videoHeight":1920 | webRecordConfig.videoHeight is 1920; allowed: with a videoWidth of 1082 at most
          "videoHeight":[]          | webRecordConfig.videoHeight is []; allowed: a whole number
          "audioProfile":3          | webRecordConfig.audioProfile is 3; allowed: 0 to 2
          "maxRecordingHour":0      | webRecordConfig.maxRecordingHour is 0; allowed: 1 to 720
          "onhold":"maybe"          | webRecordConfig.onhold is "maybe"; allowed: true and false
          "onhold":1                | webRecordConfig.onhold is 1; allowed: true and false
          "publishRtmp":"perhaps"   | webRecordConfig.publishRtmp is "perhaps"; allowed: true and false
          "url":7                   | webRecordConfig.url is 7; allowed: a string
          "url":"ftp://example.com" | webRecordConfig.url must begin with http:// or https://
          "url":"file:///etc"       | webRecordConfig.url must begin with http:// or https://
          "url":"https://a:b@c.de/" | webRecordConfig.url must name a host, and no user
          "url":"http://exa mple/"  | webRecordConfig.url is no address
          """)
  void aFieldOutOfRange(String field, String message) throws Exception {
    AgoraClient.Answer answer = client.start("r", PAGE + "," + field, "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.body().path("msg").asString()).startsWith(message);
  }

  @Test
  void theVendorsErrorCodes() throws Exception {
    assertCode(client.start("r", "\"rootUrl\":\"\"", ""), 400, 30400412);
    assertCode(client.start("r", "", ""), 400, 30400412);
    assertCode(client.stop("r"), 409, 30409410);
    assertCode(client.hold("r", true), 409, 30409410);
    assertCode(client.start("nowhere", PAGE, ""), 404, 20404100);
    assertCode(client.stop("nowhere"), 404, 20404100);
    assertCode(client.call("POST", client.room("r"), "{}"), 409, 20409000);
    assertCode(client.start("r", PAGE, ",\"retryTimeout\":0"), 400, 400);
    assertCode(client.start("r", PAGE, ",\"retryTimeout\":\"60\""), 400, 400);
    AgoraClient elsewhere = server.client();
    elsewhere.region = "/eu";
    assertCode(elsewhere.call("GET", elsewhere.room("r"), null), 404, 20404100);
    elsewhere.region = "/xx";
    assertCode(elsewhere.call("GET", elsewhere.room("r"), null), 404, 404);
    client.call("PUT", client.room("r") + "/records/ready", null).ok();
  }

  @Test
  void classStatesInOrder() throws Exception {
    client.create("class");
    String states = client.room("class") + "/states/";
    client.call("PUT", states + "1", null).ok();
    assertCode(client.call("PUT", states + "1", null), 409, 30409100);
    client.call("PUT", states + "2", null).ok();
    assertCode(client.call("PUT", states + "2", null), 409, 30409101);
    client.call("PUT", states + "3", null).ok();
    assertCode(client.call("PUT", states + "1", null), 410, 30410100);
    assertCode(client.call("PUT", states + "4", null), 400, 400);
    assertThat(
            client
                .call("GET", client.room("class") + "/sequences?cmd=1", null)
                .ok()
                .data()
                .path("list")
                .valueStream()
                .map(event -> event.path("data").path("state").asInt())
                .toList())
        .containsExactly(1, 2, 3);
  }

  @Test
  void bodiesThatAreNone() throws Exception {
    String start = client.room("r") + "/records/states/1";
    assertCode(client.call("PUT", start, "{"), 400, 400);
    assertCode(client.call("PUT", start, "[]"), 400, 400);
    assertCode(client.call("PUT", start, "\"web\""), 400, 400);
    assertCode(client.call("PUT", start, null), 400, 400);
    assertCode(client.call("PUT", start, "{\"mode\":\"mix\"}"), 400, 400);
    assertCode(client.call("PUT", start, "{\"mode\":\"web\",\"webRecordConfig\":7}"), 400, 400);
    assertCode(client.call("PUT", start, " ".repeat(1_000_000) + "{}"), 413, 413);
    String longUrl = "http://127.0.0.1/" + "a".repeat(10_000);
    assertCode(client.start("r", "\"rootUrl\":\"" + longUrl + "\"", ""), 400, 400);
    assertThat(client.call("GET", "/edu/" + "a".repeat(10_000), null).status()).isEqualTo(404);
    assertCode(client.call("DELETE", client.room("r"), null), 405, 405);
    assertCode(client.call("PATCH", client.room("r") + "/records/states/0", "{}"), 400, 400);
    assertCode(client.call("GET", client.room("a".repeat(65)), null), 400, 400);
  }

  @Test
  void callersWhoAreNobody() throws Exception {
    String path = server.base() + client.room("r");
    assertCode(AgoraClient.send(HttpRequest.newBuilder(URI.create(path)).build()), 401, 401);
    assertCode(
        new AgoraClient(server.base(), "nobody", "x", null)
            .call("GET", "/edu/apps/nobody/v2/rooms/r", null),
        401,
        401);
    for (String token : List.of("", "x", "007eJx", "006abc")) {
      AgoraClient.Answer answer =
          new AgoraClient(server.base(), TestServer.APP, token.isEmpty() ? "-" : token, "u")
              .call("GET", client.room("r"), null);
      assertThat(answer.status()).isIn(401, 429);
    }
  }

  private static void assertCode(AgoraClient.Answer answer, int status, int code) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body().path("msg").asString()).isNotBlank();
  }
}
