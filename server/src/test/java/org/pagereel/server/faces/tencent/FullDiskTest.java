package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.SmallDisk;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/**
 * Four recordings, uploads and a replay share a disk of 2 GB: recordings come first, and all of
 * them get their MP4. It needs root, for the disk. {@code -Dpagereel.fullDisk=true}.
 */
@EnabledIfSystemProperty(named = "pagereel.fullDisk", matches = "true")
@WholeMachine
class FullDiskTest {
  private static final String APP = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String CERTIFICATE = "0123456789abcdef0123456789abcdef";
  private static final long MB = 1_000_000;

  private static final String SETTINGS =
      """
      apps: [{id: %s, certificate: %s}]
      network: {allow: [127.0.0.0/8]}
      recordings: {atOnce: 4, stopWithin: 20s}
      """
          .formatted(APP, CERTIFICATE);

  private static final String MOVING =
      "<body><canvas id=c width=640 height=360></canvas><script>const x = c.getContext('2d');"
          + "(function draw() { for (let i = 0; i < 400; i++) {"
          + " x.fillStyle = 'hsl(' + Math.random() * 360 + ',90%,50%)';"
          + " x.fillRect(Math.random() * 640, Math.random() * 360, 30, 30); }"
          + " requestAnimationFrame(draw); })()</script>";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private ClassServer server;

  @AfterEach
  void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  void recordingsComeFirst() throws Exception {
    try (SmallDisk disk = SmallDisk.of(folder, 2048);
        TestPages pages = new TestPages()) {
      assertThat(disk.canBeFull()).as("a disk of its own, which needs root").isTrue();
      server = new ClassServer(disk.folder(), SETTINGS).openReal();
      try {
        play(disk, pages.html("moving.html", MOVING));
      } finally {
        server.close();
      }
    }
  }

  private void play(SmallDisk disk, String page) throws Exception {
    List<Path> recordings = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      recordings.add(server.files(start("r" + i, page)));
    }
    for (Path files : recordings) {
      assertThat(
              Await.until(
                  Duration.ofSeconds(60), () -> Files.exists(files.resolve("page-1-00000.ts"))))
          .isTrue();
    }
    server.group("1234");
    server.send(
        "1234",
        "",
        "{\"type\":1003,\"seq\":1,\"timestamp\":1000,\"time_line\":%d,\"value\":{\"uid\":\"admin\"}}"
            .formatted(System.currentTimeMillis() - 20_000));
    server.upload("1234", "anna", System.currentTimeMillis(), file("small", 60 * MB));
    JsonNode refused =
        server.tryUpload("1234", "ben", System.currentTimeMillis(), file("large", 1200 * MB));
    System.out.println("an upload of 1200 MB: " + refused);
    assertThat(refused.toString()).contains("The disk is too full for an upload");

    disk.leave(100 * MB); // somebody else writes to it, too
    Pause.of(Duration.ofSeconds(2));
    assertThat(
            server
                .tryUpload("1234", "carl", System.currentTimeMillis(), file("tiny", MB))
                .toString())
        .contains("The disk is too full for an upload");
    String task = server.create(1234, "");
    Pause.of(Duration.ofSeconds(5));
    assertThat(server.describe(task).path("Status").asString()).isEqualTo("QUEUED");

    Pause.of(Duration.ofSeconds(20));
    long written = 0;
    for (Path files : recordings) {
      Report report = ReportFile.read(files);
      assertThat(report.state()).isEqualTo(Report.State.RECORDING);
      written += bytes(files);
    }
    System.out.printf(
        "four recordings have %d bytes; the disk is left as many and 8 MB%n", written);
    disk.leave(written + 8 * MB);
    for (Path files : recordings) {
      assertThat(Await.until(Duration.ofSeconds(90), () -> isOver(files))).isTrue();
      Report report = ReportFile.read(files);
      assertThat(report.failure().message()).startsWith("Disk full: ");
      assertThat(report.videos()).as("%s", report).isNotEmpty();
      assertThat(Decoded.complaints(files.resolve("page.mp4"))).isEmpty();
      double[] times = Decoded.pictureTimes(files.resolve("page.mp4"));
      assertThat(times[times.length - 1]).isGreaterThan(report.durationSeconds() - 1);
      System.out.println(report.failure().message());
    }
    assertThat(server.describe(task).path("Status").asString()).isEqualTo("QUEUED");
    disk.empty();
    server.await(task, "begun", now -> !now.path("Status").asString().equals("QUEUED"));
  }

  private static boolean isOver(Path files) {
    try {
      return ReportFile.read(files).isOver();
    } catch (IOException e) {
      return false;
    }
  }

  private static long bytes(Path files) throws IOException {
    try (var all = Files.list(files)) {
      return all.filter(file -> file.toString().endsWith(".ts"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  /** A file that takes no room here, and all of it there. */
  private Path file(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
      made.setLength(bytes);
    }
    return file;
  }

  private String start(String room, String page) throws Exception {
    String base = "/edu/apps/" + APP + "/v2/rooms/" + room;
    call("POST", base, "{\"roomName\":\"r\",\"roomType\":\"4\"}");
    JsonNode answer =
        call(
            "PUT",
            base + "/records/states/1",
            "{\"mode\":\"web\",\"webRecordConfig\":{\"rootUrl\":\""
                + page
                + "\",\"videoWidth\":640,\"videoHeight\":360,\"videoFps\":15,\"videoBitrate\":2000}}");
    return answer.path("data").path("recordId").asString();
  }

  private JsonNode call(String method, String path, String body) throws Exception {
    String token =
        new io.agora.education.EducationTokenBuilder2().buildAppToken(APP, CERTIFICATE, 3600);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.base() + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "agora token=\"" + token + "\"")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.LINES.readTree(response.body());
  }
}
