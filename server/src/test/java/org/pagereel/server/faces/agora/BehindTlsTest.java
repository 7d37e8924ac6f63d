package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.FreePort;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/** The settings for production, as documented: TLS in front, on this very machine. */
@WholeMachine
class BehindTlsTest {
  private static final String NAME = "record.test";
  @TempDir Path folder;

  @Test
  void aClassIsRecordedAndItsLinksWork() throws Exception {
    int port = FreePort.find();
    String publicUrl = "https://" + NAME + ":" + port;
    String settings =
        """
        publicUrl: %s
        apps:
          - {id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, certificate: 0123456789abcdef0123456789abcdef}
        """
            .formatted(publicUrl);
    try (TestServer server = new TestServer(folder, settings);
        NginxBeforeIt nginx =
            new NginxBeforeIt(
                folder.resolve("nginx"), NAME, port, URI.create(server.base()).getPort());
        HttpClient http = HttpClient.newBuilder().sslContext(nginx.trust()).build()) {
      AgoraClient client = server.client().through(publicUrl, http);
      client.create("r");
      String page = "\"rootUrl\":\"" + publicUrl + "/record-page/record_page.html\"";
      client.start("r", page, ",\"retryTimeout\":60").ok();
      client.awaitRecord("r", record -> record.path("ready").asBoolean());
      Pause.of(Duration.ofSeconds(2));
      client.stop("r").ok();
      JsonNode recording = client.awaitFiles("r");
      assertThat(client.reasons("r")).containsExactly(1, 2);

      String video = recording.path("recordDetails").path(0).path("url").asString();
      assertThat(video).startsWith(publicUrl + "/recordings/");
      HttpResponse<byte[]> mp4 = get(http, video, "Range", "bytes=4-7");
      assertThat(mp4.statusCode()).isEqualTo(206);
      assertThat(text(mp4)).isEqualTo("ftyp");
      HttpResponse<byte[]> whole = get(http, video);
      Path file = Files.write(folder.resolve("fetched.mp4"), whole.body());
      assertThat(Decoded.pictureTimes(file)).hasSizeGreaterThan(1);

      URI playlist = URI.create(recording.path("url").asString());
      String slice =
          text(get(http, playlist.toString()))
              .lines()
              .filter(line -> line.contains(".ts"))
              .findFirst()
              .orElseThrow();
      assertThat(get(http, playlist.resolve(slice).toString()).statusCode()).isEqualTo(200);
      assertThat(get(http, publicUrl + "/metrics").statusCode()).isEqualTo(404);
    }
    LeftoverCheck.assertNothingLeft();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> get(HttpClient http, String url, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
