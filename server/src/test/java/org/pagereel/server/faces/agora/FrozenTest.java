package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.LongForm;
import org.pagereel.server.Pause;
import org.pagereel.server.SideBySide;
import org.pagereel.server.TestPages;
import org.pagereel.server.Victims;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;

/**
 * Whatever stands still is said, replaced, and named in the report; nothing of it is left. {@code
 * -Dpagereel.long=true} for every part and state; {@code SoakTest} meets them at random.
 */
@WholeMachine
class FrozenTest {
  private static final String SMALL =
      "\"videoWidth\":640,\"videoHeight\":360,\"videoFps\":30,\"videoBitrate\":800";

  /** Gross: cold recorders on a noisy machine; the long form prints the times. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

  private static final Duration LIMIT = Duration.ofSeconds(LongForm.isOn() ? 10 : 5);

  private static final String SETTINGS =
      TestServer.SETTINGS.replace(
          "stopWithin", "frozenAfter: " + LIMIT.toSeconds() + "s, stopWithin");

  @TempDir Path folder;

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  /** A part that stands still, and what the report must say of it. */
  private record Part(String process, String cause) {}

  private static final Part RENDERER = new Part("--type=renderer", "The page has not answered");
  private static final Part RECORDER = new Part("java", "does not answer");

  private static final List<Part> FIRST =
      LongForm.isOn()
          ? List.of(RENDERER, new Part("Xvfb", "The screen (Xvfb) has not answered"), RECORDER)
          : List.of(RENDERER);

  private static final List<Part> SECOND =
      LongForm.isOn()
          ? List.of(
              new Part("chromium/chromium", "stopped: "),
              new Part("pulseaudio", "The sound (PulseAudio) has given nothing"),
              new Part("cli.js", "The page has not answered"))
          : List.of(RECORDER);

  @Test
  @SideBySide
  void everyPartOfARecorder() throws Exception {
    try (TestServer server = new TestServer(folder, SETTINGS);
        ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Future<?>> rooms =
          List.of(
              both.submit(() -> freeze(server, "a", FIRST)),
              both.submit(() -> freeze(server, "b", SECOND)));
      for (Future<?> room : rooms) {
        room.get();
      }
    }
  }

  private static Void freeze(TestServer server, String room, List<Part> parts) throws Exception {
    AgoraClient client = server.client();
    client.create(room);
    String id = start(client, room, server.base() + "/record-page/demo/", "");
    Path files = server.recording(id);
    for (int attempt = 1; attempt <= parts.size(); attempt++) {
      RecordedFiles.awaitMedia(files, attempt);
      Pause.of(Duration.ofMillis(5500)); // long enough to count as one that ran well
      freeze(server, id, attempt, parts.get(attempt - 1));
    }
    Pause.of(Duration.ofSeconds(2));
    client.stop(room).ok();
    client.awaitFiles(room);
    assertThat(client.reasons(room)).containsExactly(1, 2);
    Report report = ReportFile.read(files);
    assertThat(report.state()).isEqualTo(Report.State.FINISHED);
    assertThat(report.gaps()).hasSize(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      assertThat(report.gaps().get(i).cause()).contains(parts.get(i).cause());
    }
    assertThat(Decoded.complaints(files.resolve("page.mp4"))).isEmpty();
    double[] times = Decoded.pictureTimes(files.resolve("page.mp4"));
    assertThat(times[times.length - 1]).isGreaterThan(parts.size() * 5.0 + 1.5);
    return null;
  }

  /** Returns when the next attempt records. */
  private static void freeze(TestServer server, String id, int attempt, Part part)
      throws Exception {
    Instant frozen = Instant.now();
    Victims.stop(label(server, id, attempt), part.process());
    Path files = server.recording(id);
    RecordedFiles.awaitMedia(files, attempt + 1);
    Duration back = Duration.between(frozen, Instant.now());
    Duration warned =
        ReportFile.read(files).warnings().stream()
            .filter(warning -> warning.kind().equals("frozen"))
            .filter(warning -> warning.at().isAfter(frozen))
            .findFirst()
            .map(warning -> Duration.between(frozen, warning.at()))
            .orElse(Duration.ZERO); // a recorder that stands still says nothing: its server does
    System.out.printf(
        "%s: warned after %d ms, replaced after %d ms%n",
        part.process(), warned.toMillis(), back.toMillis());
    assertThat(back).as(part.process()).isLessThan(BACK_WITHIN);
    assertThat(warned).as(part.process()).isLessThan(LIMIT);
  }

  @Test
  @SideBySide
  @EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
  void whileHeldAndWhilePaused() throws Exception {
    try (TestServer server = new TestServer(folder, SETTINGS);
        TestPages pages = new TestPages()) {
      AgoraClient client = server.client();
      client.create("r");
      String page = pages.html("still.html", "<body style='background:#246'>still");
      String id = start(client, "r", page, "\"onhold\":true,");
      Path files = server.recording(id);
      client.awaitRecord("r", record -> record.path("ready").asBoolean());
      Victims.stop(label(server, id, 1), "--type=renderer");
      RecordedFiles.awaitReport(files, 2, Report.State.READY);
      client.hold("r", false).ok();
      RecordedFiles.awaitMedia(files, 2);
      Pause.of(Duration.ofSeconds(2));
      client.hold("r", true).ok();
      client.awaitRecord("r", record -> record.path("onhold").asBoolean());
      Victims.stop(label(server, id, 2), "Xvfb");
      RecordedFiles.awaitReport(files, 3, Report.State.PAUSED);
      client.hold("r", false).ok();
      RecordedFiles.awaitMedia(files, 3);
      Pause.of(Duration.ofSeconds(2));
      client.stop("r").ok();
      client.awaitFiles("r");
      assertThat(client.reasons("r")).containsExactly(1, 2);
      Report report = ReportFile.read(files);
      assertThat(report.gaps()).isEmpty();
      assertThat(report.durationSeconds()).isBetween(3.5, 7.0);
      assertThat(Decoded.complaints(files.resolve("page.mp4"))).isEmpty();
    }
  }

  /** The everyday form: the page's own script, in the first attempt only. */
  @Test
  @SideBySide
  void aPageInAnEndlessLoop() throws Exception {
    try (TestServer server = new TestServer(folder, SETTINGS);
        TestPages pages = new TestPages()) {
      AgoraClient client = server.client();
      client.create("r");
      int[] loads = new int[1];
      String page =
          pages.handle(
              "loop.html",
              exchange ->
                  TestPages.send(
                      exchange,
                      200,
                      "text/html",
                      "<body style='background:#246'>" + (++loads[0] == 1 ? LOOP : "well")));
      String id = start(client, "r", page, "");
      Path files = server.recording(id);
      RecordedFiles.awaitMedia(files, 2);
      client.stop("r").ok();
      client.awaitFiles("r");
      Report report = ReportFile.read(files);
      assertThat(report.gaps()).hasSize(1);
      assertThat(report.gaps().getFirst().cause()).startsWith("The page has not answered");
    }
  }

  private static final String LOOP = "<script>setTimeout(() => { for (;;); }, 4000)</script>";

  private static String label(TestServer server, String id, int attempt) throws Exception {
    return Files.readString(server.data.resolve("data/node")).strip() + "-" + id + "-" + attempt;
  }

  private static String start(AgoraClient client, String room, String page, String more)
      throws Exception {
    return client
        .start(room, "\"rootUrl\":\"" + page + "\"," + more + SMALL, "")
        .ok()
        .data()
        .path("recordId")
        .asString();
  }
}
