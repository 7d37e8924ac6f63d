package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.FreePort;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/**
 * A business server in PHP, as the vendor's documents describe it (docs/vendors/tencent.md, "Class
 * protocol", "Message history"), beside {@code serve}: it passes on clocks and files, counts the
 * files, reads the history in pages, and the class becomes a video. Without PHP this test is
 * skipped.
 */
@WholeMachine
class PhpFlowsTest {
  private static final String GROUP = "4711";
  private static final int SECONDS = 12;
  private static final int CHAT = 30;

  /** What the teacher's clock shows when the class is over. */
  private static final long CLOCK = 5_000_000;

  private static final Path SCRIPTS =
      Path.of(System.getProperty("pagereel.home"), "server", "src", "test", "php");

  @TempDir Path folder;
  private @Nullable ClassServer server;
  private @Nullable Process php;
  private int port;

  @AfterEach
  void close() throws Exception {
    if (php != null) {
      php.destroy();
      php.waitFor();
    }
    if (server != null) {
      server.close();
      LeftoverCheck.assertNothingLeft();
    }
  }

  @Test
  void aBusinessServersClassBecomesAVideo() throws Exception {
    assumeTrue(hasPhp(), "There is no php here (Debian: php-cli); ./pagereel test installs it");
    ClassServer serve = new ClassServer(folder, "network: {allow: [127.0.0.0/8]}\n").spawnReal();
    server = serve;
    serve.group(GROUP);
    startPhp(serve);
    try (TestPages files = new TestPages()) {
      long over = System.currentTimeMillis();
      assertThat(form("/clock", "uid=teacher&timestamp=" + CLOCK).path("code").asInt(-1)).isZero();
      for (int second = 0; second <= SECONDS; second++) {
        stroke(serve, second);
      }
      for (int i = 0; i < CHAT; i++) {
        serve.send(GROUP, "", "hello " + i);
      }
      JsonNode begun = recorded("{\"event_type\":1}");
      assertThat(begun.path("begun").asInt()).isEqualTo(1);
      assertThat(begun.path("ready").asBoolean(true)).isFalse();
      JsonNode came = recorded(camera(files, over));
      assertThat(came.path("urls").size()).isEqualTo(1);
      assertThat(came.path("ready").asBoolean(false)).isTrue();

      checkHistory();
      String task = serve.create(Long.parseLong(GROUP), ",\"Extras\":[\"MIX_STREAM\"]");
      check(serve.awaitFinished(task));
    }
  }

  private void checkHistory() throws Exception {
    List<JsonNode> history = form("/history", "").valueStream().toList();
    assertThat(history).hasSize(SECONDS + 1 + CHAT + 2);
    assertThat(history)
        .extracting(message -> message.path("MsgSeq").asInt())
        .isSortedAccordingTo((one, other) -> other - one)
        .doesNotHaveDuplicates()
        .endsWith(1);
    JsonNode clock = data(history.getLast());
    assertThat(clock.path("timestamp").isString()).as("a form's value is a text").isTrue();
    assertThat(clock.path("time_line").isString()).isTrue();
    assertThat(data(history.getFirst()).path("type").asInt()).isEqualTo(1004);
  }

  private static JsonNode data(JsonNode message) {
    JsonNode content = message.path("MsgBody").path(0).path("MsgContent");
    return Json.LINES.readTree(content.path("Data").stringValue());
  }

  /** One a second, the last one when the class is over. */
  private static void stroke(ClassServer serve, int second) throws Exception {
    int y = 700 + 600 * second;
    String background = second == 0 ? "{\"action\":203,\"color\":-1}," : "";
    serve.send(
        GROUP,
        "TXWhiteBoardExt",
        """
        {"seq":%d,"timestamp":%d,"value":{"boardId":"#DEFAULT","operator":"teacher","actions":[%s
        {"action":1,"color":-16776961,"thin":200,"seq":%d,"x":1000,"y":%d},
        {"action":2,"seq":%d,"x":9000,"y":%d},{"action":3,"seq":%d}]}}
        """
            .formatted(
                second,
                CLOCK - (SECONDS - second) * 1000L,
                background,
                second + 1,
                y,
                second + 1,
                y,
                second + 1));
  }

  /** The teacher's camera is white for the last ten seconds; returns what is told of its file. */
  private String camera(TestPages files, long over) throws Exception {
    Path file = folder.resolve("camera.mp4");
    List<String> words =
        List.of(
            ("-v error -f lavfi -i color=white:s=320x240:r=15:d=10 -f lavfi -i sine=440:d=10 -c:v"
                    + " libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac "
                    + file)
                .split(" ", -1));
    assertThat(FfmpegTool.ffmpeg(words).inheritIO().start().waitFor()).isZero();
    byte[] bytes = Files.readAllBytes(file);
    String url =
        files.handle(
            "camera.mp4",
            exchange -> {
              exchange.getResponseHeaders().set("Content-Type", "video/mp4");
              exchange.sendResponseHeaders(200, bytes.length);
              exchange.getResponseBody().write(bytes);
              exchange.close();
            });
    return """
    {"event_type":100,"uid":"teacher","start_time":%d,"end_time":%d,"media_start_time":%d,
    "file_size":%d,"duration":10,"video_id":"v1","video_url":"%s"}
    """
        .formatted(over / 1000 - 10, over / 1000, over - 10_000, bytes.length, url);
  }

  private void check(JsonNode described) throws Exception {
    JsonNode videos = described.path("VideoInfos");
    assertThat(videos.size()).as("%s", described).isEqualTo(1);
    JsonNode video = videos.path(0);
    assertThat(video.path("VideoType").asInt()).isEqualTo(3);
    // Had the text of a clock not counted, the strokes would all be when they were sent.
    assertThat(video.path("VideoDuration").asLong())
        .isBetween(SECONDS * 1000L, SECONDS * 1000L + 3_000);
    Path file =
        Files.write(
            folder.resolve("class.mp4"), Downloads.get(video.path("VideoUrl").asString()).body());
    assertThat(Decoded.complaints(file)).isEmpty();
    double[] times = Decoded.pictureTimes(file);
    // The middle of the camera's place, and of the stroke of the tenth second.
    List<byte[]> spots = Decoded.spots(file, List.of("8:8:1724:131", "8:8:764:683"));
    assertThat(grey(times, spots, 0.8, 0)).as("before the camera").isLessThan(60);
    assertThat(grey(times, spots, 4, 0)).as("the camera").isGreaterThan(200);
    assertThat(grey(times, spots, 10.5, 0)).as("the camera").isGreaterThan(200);
    assertThat(grey(times, spots, 9.2, 1)).as("before the stroke").isGreaterThan(200);
    assertThat(grey(times, spots, 10.8, 1)).as("the stroke").isLessThan(120);
  }

  private static int grey(double[] times, List<byte[]> spots, double seconds, int place) {
    int last = 0;
    while (last + 1 < times.length && times[last + 1] <= seconds) {
      last++;
    }
    return Byte.toUnsignedInt(spots.get(last)[place]);
  }

  private void startPhp(ClassServer serve) throws IOException {
    port = FreePort.find();
    ProcessBuilder builder =
        new ProcessBuilder("php", "-S", "127.0.0.1:" + port, "business.php")
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("php.log").toFile());
    builder.environment().put("PAGEREEL_SERVER", serve.base());
    builder.environment().put("PAGEREEL_SDK_APP_ID", String.valueOf(TencentTestServer.APP));
    builder.environment().put("PAGEREEL_KEY", WholeServer.KEY);
    builder.environment().put("PAGEREEL_ADMIN", "admin");
    builder.environment().put("PAGEREEL_GROUP", GROUP);
    builder.environment().put("PAGEREEL_STATE", folder.resolve("state.json").toString());
    php = builder.start();
    assertThat(Await.until(Duration.ofSeconds(20), this::answers)).as("php answers").isTrue();
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasPhp() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "php")));
  }

  private JsonNode form(String path, String form) throws Exception {
    return post(path, "application/x-www-form-urlencoded", form);
  }

  private JsonNode recorded(String event) throws Exception {
    return post("/recorded", "application/json", event);
  }

  private JsonNode post(String path, String type, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", type)
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return Json.LINES.readTree(answer.body());
    }
  }
}
