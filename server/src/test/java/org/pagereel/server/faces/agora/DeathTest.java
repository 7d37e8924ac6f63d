package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.Cli;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.SideBySide;
import org.pagereel.server.TestPages;
import org.pagereel.server.Victims;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;

/** Whatever dies, the recording goes on, and what was captured before is in its MP4. */
@WholeMachine
class DeathTest {
  private static final String SMALL =
      "\"videoWidth\":640,\"videoHeight\":360,\"videoFps\":30,\"videoBitrate\":800";

  /** The zygote of the renderers: they die with it, and Chromium says nothing of it. */
  private static final String NOT_NOTICED = "--type=zygote --force";

  /** Gross: four cold recorders on a noisy machine; ./pagereel bench has the fine figures. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(45);

  @TempDir Path folder;

  private final List<Cli> servers = new ArrayList<>();

  @AfterEach
  void endServers() throws Exception {
    for (Cli server : servers) { // one lives if the test has failed
      server.process().destroy();
      server.process().waitFor();
    }
  }

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  /** Of two recordings at once, one part after the other. */
  @Test
  @SideBySide
  void everyPartOfARecorder() throws Exception {
    try (TestServer server = new TestServer(folder, TestServer.SETTINGS);
        ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Future<?>> rooms =
          List.of(
              both.submit(() -> die(server, "a", List.of("--type=renderer", NOT_NOTICED, "java"))),
              both.submit(() ->
                  die(server, "b", List.of("chromium/chromium", "Xvfb", "cli.js", "pulseaudio"))));
      for (Future<?> room : rooms) {
        room.get();
      }
    }
  }

  private static Void die(TestServer server, String room, List<String> parts) throws Exception {
    AgoraClient client = server.client();
    client.create(room);
    String id = start(client, room, server.base() + "/record-page/demo/");
    Path files = server.recording(id);
    String node = Files.readString(server.data.resolve("data/node")).strip();
    for (int attempt = 1; attempt <= parts.size(); attempt++) {
      RecordedFiles.awaitMedia(files, attempt);
      Pause.of(Duration.ofMillis(5500)); // long enough to count as one that ran well
      Victims.kill(node + "-" + id + "-" + attempt, parts.get(attempt - 1));
    }
    RecordedFiles.awaitMedia(files, parts.size() + 1);
    Pause.of(Duration.ofSeconds(2));
    client.stop(room).ok();
    client.awaitFiles(room);

    assertThat(client.reasons(room)).containsExactly(1, 2);
    Report report = report(files);
    assertThat(report.state()).isEqualTo(Report.State.FINISHED);
    assertThat(report.gaps()).hasSize(parts.size());
    assertThat(report.gaps())
        .allSatisfy(
            gap -> assertThat(Duration.between(gap.from(), gap.to())).isLessThan(BACK_WITHIN));
    int notNoticed = parts.indexOf(NOT_NOTICED);
    if (notNoticed >= 0) {
      assertThat(report.gaps().get(notNoticed).cause()).isEqualTo("The page's renderer is gone");
    }
    // 5.5 s before each death, at most half a second of it lost, and 2 s after the last.
    assertThat(report.durationSeconds()).isGreaterThan(parts.size() * 5.0 + 1.5);
    assertThat(Files.readString(files.resolve("page.m3u8")).split("#EXT-X-DISCONTINUITY", -1))
        .hasSize(parts.size() + 1);
    assertThat(Decoded.complaints(files.resolve("page.mp4"))).isEmpty();
    double[] times = Decoded.pictureTimes(files.resolve("page.mp4"));
    assertThat(times[times.length - 1]).isGreaterThan(parts.size() * 5.0 + 1.5);
    return null;
  }

  @Test
  @SideBySide
  void diedWhileHeldAndWhilePaused() throws Exception {
    try (TestServer server = new TestServer(folder, TestServer.SETTINGS);
        TestPages pages = new TestPages()) {
      AgoraClient client = server.client();
      client.create("r");
      String page = pages.html("still.html", "<body style='background:#246'>still");
      String id =
          client
              .start("r", "\"rootUrl\":\"" + page + "\",\"onhold\":true," + SMALL, "")
              .ok()
              .data()
              .path("recordId")
              .asString();
      Path files = server.recording(id);
      String label = Files.readString(server.data.resolve("data/node")).strip() + "-" + id + "-";
      client.awaitRecord("r", record -> record.path("ready").asBoolean());
      Victims.kill(label + 1, "chromium/chromium");
      RecordedFiles.awaitReport(files, 2, Report.State.READY);
      assertThat(files).isDirectoryNotContaining("glob:**.ts");
      client.hold("r", false).ok();
      RecordedFiles.awaitMedia(files, 2);
      Pause.of(Duration.ofSeconds(2));
      client.hold("r", true).ok();
      client.awaitRecord("r", record -> record.path("onhold").asBoolean());
      Victims.kill(label + 2, "java");
      RecordedFiles.awaitReport(files, 3, Report.State.PAUSED);
      client.hold("r", false).ok();
      RecordedFiles.awaitMedia(files, 3);
      Pause.of(Duration.ofSeconds(2));
      client.stop("r").ok();
      client.awaitFiles("r");
      assertThat(client.reasons("r")).containsExactly(1, 2);
      Report report = report(files);
      assertThat(report.pauses()).hasSize(1);
      assertThat(report.holds()).hasSize(1);
      assertThat(report.gaps()).isEmpty();
      assertThat(report.durationSeconds()).isBetween(3.5, 7.0);
      assertThat(Decoded.complaints(files.resolve("page.mp4"))).isEmpty();
    }
  }

  @Test
  @SideBySide
  void neverReadyAndReadyOnTheSecondTry() throws Exception {
    try (TestServer server = new TestServer(folder, TestServer.SETTINGS);
        TestPages pages = new TestPages()) {
      AgoraClient client = server.client();
      client.create("never");
      client.create("second");
      String silent = pages.html("silent.html", "<body>never ready");
      client.start("never", "\"rootUrl\":\"" + silent + "\"," + SMALL, ",\"retryTimeout\":1").ok();

      int[] loads = new int[1];
      String late =
          pages.handle(
              "late.html",
              exchange -> {
                boolean speaks = ++loads[0] > 1;
                TestPages.send(
                    exchange,
                    200,
                    "text/html",
                    "<body>late<script>"
                        + (speaks ? "fetch('/records/ready', {method: 'PUT'})" : "")
                        + "</script>");
              });
      client.start("second", "\"rootUrl\":\"" + late + "\"," + SMALL, ",\"retryTimeout\":8").ok();

      client.awaitRecord("never", record -> record.path("reason").asInt() == 5);
      assertThat(client.reasons("never")).containsExactly(4, 4, 5);
      assertThat(client.list("never").path("list").path(0).path("unready").asBoolean()).isTrue();
      assertThat(client.stop("never").code()).isEqualTo(30409410);

      client.awaitRecord("second", record -> record.path("ready").asBoolean());
      client.stop("second").ok();
      client.awaitFiles("second");
      assertThat(client.reasons("second")).containsExactly(4, 3, 2);
    }
  }

  @Test
  @SideBySide
  void theServer() throws Exception {
    try (TestPages pages = new TestPages()) {
      Path settings = Files.writeString(folder.resolve("s.yaml"), TestServer.SETTINGS);
      String port = String.valueOf(8300 + ProcessHandle.current().pid() % 500);
      String[] serve = {
        "serve",
        "--data=" + folder.resolve("data"),
        "--config=" + settings,
        "--listen=127.0.0.1:" + port
      };
      Cli first = serve(serve);
      AgoraClient client =
          new AgoraClient(
              "http://127.0.0.1:" + port,
              TestServer.APP,
              new io.agora.education.EducationTokenBuilder2()
                  .buildAppToken(TestServer.APP, TestServer.CERTIFICATE, 3600),
              null);
      client.create("r");
      String id = start(client, "r", pages.url("demo/"));
      Path files = folder.resolve("data/recordings").resolve(id);
      RecordedFiles.awaitMedia(files, 1);
      Pause.of(Duration.ofSeconds(3));
      first.process().destroyForcibly().waitFor();
      long died = System.nanoTime();

      Cli second = serve(serve);
      RecordedFiles.awaitMedia(files, 2);
      Duration away = Duration.ofNanos(System.nanoTime() - died);
      assertThat(away).isLessThan(BACK_WITHIN);
      Pause.of(Duration.ofSeconds(2));
      assertThat(client.record("r").path("state").asInt()).isEqualTo(1);
      ProcessHandle.of(second.process().pid()).orElseThrow().destroy(); // SIGTERM finishes it
      assertThat(second.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(report(files).state()).isEqualTo(Report.State.FINISHED);
      assertThat(report(files).gaps()).hasSize(1);
      assertThat(report(files).durationSeconds()).isGreaterThan(4.5);
      assertThat(Decoded.complaints(files.resolve("page.mp4"))).isEmpty();
    }
  }

  private Cli serve(String... words) throws Exception {
    Cli cli = Cli.start(folder, Map.of(), words);
    servers.add(cli);
    cli.awaitOutput("Listening on", Duration.ofSeconds(30));
    return cli;
  }

  private static String start(AgoraClient client, String room, String page) throws Exception {
    return client
        .start(room, "\"rootUrl\":\"" + page + "\"," + SMALL, "")
        .ok()
        .data()
        .path("recordId")
        .asString();
  }

  private static Report report(Path files) throws java.io.IOException {
    return ReportFile.read(files);
  }
}
