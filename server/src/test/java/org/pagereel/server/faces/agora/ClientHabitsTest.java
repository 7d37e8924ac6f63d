package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.http.OwnAddress;
import org.pagereel.server.platform.http.SignedLinks;
import tools.jackson.databind.JsonNode;

/** How clients ask, beyond what is written: empty parameters, regions, HEAD. */
@WholeMachine
class ClientHabitsTest {
  @TempDir static Path folder;
  private static TestServer server;
  private static AgoraClient client;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(folder, TestServer.SETTINGS);
    client = server.client();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void anEmptyParameterIsNotGiven() throws Exception {
    client.create("empty");
    client.call("PUT", client.room("empty") + "/states/1", null).ok();
    client.call("PUT", client.room("empty") + "/states/2", null).ok();
    String sequences = client.room("empty") + "/sequences";
    JsonNode all = client.call("GET", sequences, null).ok().data();
    assertThat(all.path("list")).hasSize(2);
    for (String query :
        List.of("?nextId=&cmd=", "?nextId&cmd", "?nextId=null&cmd=null", "?cmd=&nextId=1")) {
      assertThat(client.call("GET", sequences + query, null).ok().data()).as(query).isEqualTo(all);
    }
    assertThat(client.call("GET", sequences + "?cmd=7", null).ok().data().path("list")).isEmpty();
    assertThat(client.call("GET", sequences + "?cmd=x", null).status()).isEqualTo(400);
    for (String query : List.of("?nextId=", "?nextId=null", "?null")) {
      client.call("GET", client.room("empty") + "/records" + query, null).ok();
    }
  }

  /** JSON says itself how it is encoded. */
  @Test
  void aCharsetThatThereIsNotDoesNotMatter() throws Exception {
    for (String charset : List.of("no-such-charset", "!!!", "UTF-16", "utf8")) {
      String room = "charset" + charset.length();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.base() + client.room(room)))
              .header("Content-Type", "application/json; charset=" + charset)
              .header("x-agora-token", client.token())
              .POST(HttpRequest.BodyPublishers.ofString("{\"roomName\":\"课堂\"}"))
              .build();
      AgoraClient.send(request).ok();
      JsonNode made = client.call("GET", client.room(room), null).ok().data();
      assertThat(made.path("roomName").asString()).as(charset).isEqualTo("课堂");
    }
  }

  @Test
  void aRegionIsPolledByItself() throws Exception {
    for (String region : List.of("/eu", "/na")) {
      AgoraClient there = server.client();
      there.region = region;
      there.create("polled" + region.substring(1));
      there.call("PUT", there.room("polled" + region.substring(1)) + "/states/1", null).ok();
    }
    String polling = "/edu/polling/apps/" + TestServer.APP + "/v2/rooms/sequences";
    assertThat(rooms("/ap" + polling)).isEmpty();
    assertThat(rooms("/eu" + polling)).containsExactly("polledeu");
    assertThat(rooms("/eu" + polling)).isEmpty();
    assertThat(rooms(polling)).contains("polledna");
    assertThat(rooms("/na" + polling)).isEmpty();
  }

  private static List<String> rooms(String path) throws Exception {
    return client
        .call("GET", path, null)
        .ok()
        .data()
        .valueStream()
        .map(event -> event.path("roomUuid").asString())
        .toList();
  }

  @Test
  void headSaysWhatGetWouldSend() throws Exception {
    Path files = Files.createDirectories(server.recording("headed"));
    byte[] video = new byte[10_000];
    Files.write(files.resolve("page.mp4"), video);
    Files.writeString(files.resolve("page.m3u8"), "#EXTM3U\npage-1-00000.ts\n");
    byte[] key =
        Files.readString(server.data.resolve("data/links.key"))
            .strip()
            .getBytes(StandardCharsets.US_ASCII);
    SignedLinks links = new SignedLinks(key, OwnAddress.of(server.base()));
    for (String file : List.of("page.mp4", "page.m3u8")) {
      String url = links.to("headed", file, Instant.now());
      HttpResponse<byte[]> got = ask("GET", url);
      HttpResponse<byte[]> head = ask("HEAD", url);
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      for (String header : List.of("Content-Type", "Accept-Ranges")) {
        assertThat(head.headers().allValues(header)).isEqualTo(got.headers().allValues(header));
      }
    }
    String url = links.to("headed", "page.mp4", Instant.now());
    assertThat(ask("HEAD", url).headers().firstValue("Content-Length")).contains("10000");
    HttpResponse<byte[]> part = ask("HEAD", url, "Range", "bytes=10-19");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Length")).contains("10");
    assertThat(ask("HEAD", links.to("headed", "mix.mp4", Instant.now())).statusCode())
        .isEqualTo(404);
    assertThat(ask("HEAD", url.replaceAll("s=.", "s=")).statusCode()).isEqualTo(401);
    assertThat(ask("HEAD", server.base() + "/record-page/nowhere.html").statusCode())
        .isEqualTo(404);
    assertThat(ask("HEAD", server.base() + "/record-page/record_page.html").statusCode())
        .isEqualTo(200);
    assertThat(ask("HEAD", server.base() + "/health").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<byte[]> ask(String method, String url, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
