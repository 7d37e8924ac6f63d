package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;

/**
 * Three real recordings while another process has the store's write lock, then while the store's
 * disk is full, with commands arriving. It needs root, for a disk of its own. {@code
 * -Dpagereel.storeFault=60} for so many seconds each; {@code RecordingOwnerTest} is the quick form.
 */
@EnabledIfSystemProperty(named = "pagereel.storeFault", matches = "\\d+")
@WholeMachine
class StoreFaultTest {
  private static final Duration FAULT =
      Duration.ofSeconds(Integer.getInteger("pagereel.storeFault", 60));

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final String SMALL =
      "\"videoWidth\":640,\"videoHeight\":360,\"videoFps\":15,\"videoBitrate\":400";

  private static final List<String> ROOMS = List.of("plain", "held", "told");

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  @Test
  void locked() throws Exception {
    run("locked");
  }

  @Test
  void full() throws Exception {
    run("full");
  }

  private void run(String fault) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path recordings = Files.createDirectories(folder.resolve("elsewhere"));
    command("mount", "-t", "tmpfs", "-o", "size=20g", "pagereel-store", data.toString());
    try {
      Files.createSymbolicLink(data.resolve("recordings"), recordings);
      try (TestServer server = new TestServer(folder, TestServer.SETTINGS);
          TestPages pages = new TestPages()) {
        String page =
            pages.html(
                "moving.html",
                "<body><h1 id=a>0</h1><script>setInterval(() => a.textContent++, 100)</script>");
        AgoraClient client = server.client();
        List<String> ids = new ArrayList<>();
        for (String room : ROOMS) {
          client.create(room);
          ids.add(
              client
                  .start(room, "\"rootUrl\":\"" + page + "\"," + SMALL, "")
                  .ok()
                  .data()
                  .path("recordId")
                  .asString());
          client.awaitRecord(room, record -> record.path("ready").asBoolean());
        }
        long began = System.nanoTime();
        Pause.of(Duration.ofSeconds(3));
        boolean held = client.hold("held", true).ok().code() == 0; // accepted a moment before
        if (fault.equals("locked")) {
          try (Connection lock = connection(data);
              Statement statement = lock.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            held = commands(client, held);
          }
        } else {
          held = whileFull(data, client, held);
        }
        boolean isHeld = held;
        client.awaitRecord("held", record -> record.path("onhold").asBoolean() == isHeld);
        client.hold("held", false).ok();
        client.awaitRecord("held", record -> !record.path("onhold").asBoolean());
        Pause.of(Duration.ofSeconds(2));
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.println(fault + ": " + told);
        assertThat(told).as("the fault was one").anyMatch(line -> line.contains("503"));
        for (int i = 0; i < ROOMS.size(); i++) {
          client.stop(ROOMS.get(i)).ok();
          client.awaitFiles(ROOMS.get(i));
          check(recordings.resolve(ids.get(i)), ROOMS.get(i), seconds);
          assertThat(client.reasons(ROOMS.get(i))).containsExactly(1, 2);
        }
      }
    } finally {
      command("umount", data.toString());
    }
    LeftoverCheck.assertNothingLeft();
  }

  /** Sends commands until the time is over; returns what the last accepted one wants. */
  private boolean commands(AgoraClient client, boolean before) throws Exception {
    boolean held = before;
    long end = System.nanoTime() + FAULT.toNanos();
    for (int i = 0; System.nanoTime() < end; i++) {
      boolean wanted = i % 2 == 1;
      long asked = System.nanoTime();
      AgoraClient.Answer answer = client.hold("held", wanted);
      Duration took = Duration.ofNanos(System.nanoTime() - asked);
      told.add(answer.status() + " after " + took.toMillis() + " ms");
      assertThat(took).isLessThan(ANSWER_WITHIN);
      assertThat(answer.status()).isIn(200, 503);
      held = answer.status() == 200 ? wanted : held;
      client.record("plain"); // whoever only asks has an answer
      Pause.of(Duration.ofSeconds(1));
    }
    return held;
  }

  private boolean whileFull(Path data, AgoraClient client, boolean held) throws Exception {
    try (Connection store = connection(data);
        Statement statement = store.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)"); // nothing is left to write over
    }
    assertThat(Await.until(Duration.ofSeconds(10), () -> isFull(data)))
        .as("the store's disk has no room left")
        .isTrue();
    try {
      return commands(client, held);
    } finally {
      command("mount", "-o", "remount,size=20g", data.toString());
    }
  }

  /** Makes it as small as what is in it; false if the store has grown meanwhile. */
  private static boolean isFull(Path data) {
    try {
      FileStore disk = Files.getFileStore(data);
      long used = (disk.getTotalSpace() - disk.getUsableSpace()) / 1024;
      return exitOf("mount", "-o", "remount,size=" + used + "k", data.toString()) == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Connection connection(Path data) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("pagereel.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 20000");
    }
    return connection;
  }

  private static void check(Path files, String room, double seconds) throws IOException {
    Report report = ReportFile.read(files);
    assertThat(report.attempt()).as("%s: no recorder was stopped", room).isEqualTo(1);
    assertThat(report.gaps()).isEmpty();
    double paused =
        report.pauses().stream()
            .mapToDouble(pause -> Duration.between(pause.from(), pause.to()).toMillis() / 1e3)
            .sum();
    assertThat(report.pauses().isEmpty()).isEqualTo(!room.equals("held"));
    assertThat(report.durationSeconds() + paused)
        .as("%s: recorded and paused, of %s s", room, seconds)
        .isGreaterThan(seconds - 1);
    assertThat(Decoded.complaints(files.resolve("page.mp4"))).isEmpty();
  }

  private static void command(String... words) throws IOException, InterruptedException {
    assertThat(exitOf(words)).as("%s", List.of(words)).isZero();
  }

  private static int exitOf(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }
}
