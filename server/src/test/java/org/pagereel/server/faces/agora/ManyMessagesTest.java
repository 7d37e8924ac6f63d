package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Counters;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.Cli;
import org.pagereel.server.FreePort;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.tools.measure.Decoded;

/**
 * Three recordings, first alone, then beside a thousand messages a second. The senders are on other
 * machines in life; here they get what time of the two processors nobody else wants. {@code
 * -Dpagereel.manyMessages=300} for so many seconds of each.
 */
@EnabledIfSystemProperty(named = "pagereel.manyMessages", matches = "\\d+")
@WholeMachine
class ManyMessagesTest {
  private static final int SECONDS = Integer.getInteger("pagereel.manyMessages", 300);
  private static final int RATE = 1000;
  private static final String KEY =
      "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
  private static final String SETTINGS =
      TestServer.SETTINGS
          + """
          tencent:
            - secretId: AKIDTESTSECRETID0000000000000000000
              secretKey: TESTSECRETKEY00000000000000000000
              apps: [{sdkAppId: 1400000002, key: %s, admins: [administrator]}]
          """
              .formatted(KEY);

  @TempDir Path folder;
  private final List<Long> queries = new ArrayList<>();

  @Test
  void recordingsDoNotNoticeThem() throws Exception {
    Path config = Files.writeString(folder.resolve("settings.yaml"), SETTINGS);
    Settings.App app = SettingsFile.read(config).apps().getFirst();
    String listen = "127.0.0.1:" + FreePort.find();
    Path data = folder.resolve("data");
    Cli server =
        Cli.start(
            folder,
            Map.of(),
            "serve",
            "--config=" + config,
            "--data=" + data,
            "--listen=" + listen);
    try (TestPages pages = new TestPages()) {
      String page =
          pages.html(
              "moving.html",
              "<body><h1 id=a>0</h1><script>setInterval(() => a.textContent++, 100)</script>");
      String base = "http://" + listen;
      assertThat(Await.until(Duration.ofSeconds(60), () -> said(server, "http://"))).isTrue();
      AgoraClient client =
          new AgoraClient(base, app.id(), AgoraTokens.forApp(app, Duration.ofHours(1)), null);

      Counters alone = record(client, data, page, "alone", () -> Pause.of(seconds()));
      System.out.println("alone: " + alone + ", p99 " + p99() + " ms");
      String[] said = {""};
      Counters beside = record(client, data, page, "beside", () -> said[0] = flood(base));
      System.out.println("beside: " + beside + ", p99 " + p99() + " ms; " + said[0]);

      assertThat(said[0]).contains("done " + RATE * SECONDS + ",", "otherwise 0,");
      assertThat(p99()).isLessThanOrEqualTo(100);
      assertThat(beside.dropped()).isLessThanOrEqualTo(alone.dropped());
    } finally {
      server.process().destroy();
      server.process().waitFor();
    }
    LeftoverCheck.assertNothingLeft();
  }

  private interface Meanwhile {
    void run() throws Exception;
  }

  /** Three recordings; their states are asked for ten times a second. */
  private Counters record(
      AgoraClient client, Path data, String page, String prefix, Meanwhile meanwhile)
      throws Exception {
    List<String> rooms = List.of(prefix + "1", prefix + "2", prefix + "3");
    List<String> ids = new ArrayList<>();
    for (String room : rooms) {
      client.create(room);
      String more =
          "\"rootUrl\":\"%s\",\"videoWidth\":640,\"videoHeight\":360,\"videoFps\":15"
              .formatted(page);
      ids.add(client.start(room, more, "").ok().data().path("recordId").asString());
      client.awaitRecord(room, record -> record.path("ready").asBoolean());
    }
    queries.clear();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  long asked = System.nanoTime();
                  client.record(rooms.getFirst());
                  queries.add((System.nanoTime() - asked) / 1_000_000);
                  Thread.sleep(100);
                }
              } catch (Exception e) {
                Thread.currentThread().interrupt();
              }
            });
    meanwhile.run();
    asking.interrupt();
    asking.join();
    Counters sum = Counters.NONE;
    for (int i = 0; i < rooms.size(); i++) {
      client.stop(rooms.get(i)).ok();
      client.awaitFiles(rooms.get(i));
      Path files = data.resolve("recordings").resolve(ids.get(i));
      Report report = ReportFile.read(files);
      assertThat(report.attempt()).isEqualTo(1);
      assertThat(report.durationSeconds()).isGreaterThan(SECONDS - 1.0);
      assertThat(Decoded.complaints(files.resolve("page.mp4"))).isEmpty();
      sum = sum.plus(report.counters());
    }
    return sum;
  }

  private long p99() {
    assertThat(queries).hasSizeGreaterThan(SECONDS * 5);
    return queries.stream().sorted().skip(queries.size() * 99L / 100).findFirst().orElseThrow();
  }

  private static String flood(String base) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "nice",
                "-n",
                "19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MessageFlood.class.getName(),
                base,
                "1400000002",
                KEY,
                String.valueOf(RATE),
                String.valueOf(SECONDS))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  private static Duration seconds() {
    return Duration.ofSeconds(SECONDS);
  }

  private static boolean said(Cli server, String word) {
    try {
      return server.output().contains(word);
    } catch (IOException e) {
      return false;
    }
  }
}
