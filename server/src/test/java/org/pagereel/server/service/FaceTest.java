package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.FreePort;
import org.pagereel.server.TestPages;
import org.pagereel.server.faces.TestFace;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;

/** A face that the server does not know by its type. Its recorders are stand-ins. */
class FaceTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void startsStopsAnnouncesAndOpensFiles() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    int port = FreePort.find();
    try (TestPages pages = new TestPages()) {
      String callback =
          pages.handle(
              "told",
              exchange -> {
                told.add(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                TestPages.send(exchange, 200, "text/plain", "");
              });
      try (Service _ =
          StandInService.open(
              settings(port),
              folder.resolve("data"),
              core -> List.of(new TestFace(core, callback)))) {
        String base = "http://127.0.0.1:" + port;
        String id = post(base + "/test/blue/start", base + "/record-page/size.html");
        assertThat(post(base + "/test/blue/start", base)).isEqualTo("busy");
        assertThat(Await.until(LONG, () -> told.contains(id + " RECORDING")))
            .as("%s", told)
            .isTrue();
        assertThat(post(base + "/test/blue/stop", "")).isEqualTo(id);
        assertThat(Await.until(LONG, () -> told.contains(id + " FINISHED")))
            .as("%s", told)
            .isTrue();
        assertThat(told)
            .map(line -> line.substring(id.length() + 1))
            .containsSubsequence("QUEUED", "STARTING", "RECORDING", "FINISHING", "FINISHED");
        String file = base + "/recordings/" + id + "/page.m3u8";
        assertThat(get(file, "wrong")).isEqualTo(401);
        assertThat(get(file, "sesame")).isIn(200, 404); // a stand-in may have made none
        assertThat(post(base + "/test/blue/stop", "")).isEqualTo("none");
      }
    }
  }

  @Test
  void twoOfOneNameAreRefusedAndNothingStaysOpen() throws Exception {
    Settings settings = settings(FreePort.find());
    Path data = folder.resolve("data");
    assertThatThrownBy(() ->
            StandInService.open(
                settings,
                data,
                core -> List.of(new TestFace(core, "http://a"), new TestFace(core, "http://b"))))
        .hasMessage("Two faces are named test");
    StandInService.open(settings, data).close(); // the data folder is free again
  }

  @Test
  void whenThePortIsTakenNothingStaysOpen() throws Exception {
    Path data = folder.resolve("data");
    try (ServerSocket taken = new ServerSocket(0)) {
      Settings settings = settings(taken.getLocalPort());
      assertThatThrownBy(() -> StandInService.open(settings, data)).hasMessageContaining("port");
    }
    StandInService.open(settings(FreePort.find()), data).close();
  }

  private Settings settings(int port) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("settings.yaml"),
            "network: {allow: [127.0.0.0/8]}\nrecordings: {atOnce: 2, stopWithin: 20s}\n");
    return SettingsFile.read(file).listening("127.0.0.1:" + port);
  }

  private static String post(String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static int get(String url, String word) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("word", word).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }
}
