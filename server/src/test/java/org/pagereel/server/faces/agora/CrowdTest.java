package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.Counters;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.Cli;
import org.pagereel.server.FreePort;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.WholeMachine;

/**
 * Fifty starts at once on a server within a control group: only what fits begins, and keeps its
 * pictures. {@code -Dpagereel.crowd=true}; needs root and control groups of version 1.
 */
@WholeMachine
class CrowdTest {
  private static final int STARTS = 50;
  private static final String FULL_HD =
      "\"videoWidth\":1920,\"videoHeight\":1080,\"videoFps\":30,\"videoBitrate\":2000";
  private static final long MEMORY = 2L << 30;
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final List<String> CONTROLLERS = List.of("cpu", "cpuacct", "memory");

  @TempDir Path folder;
  private final List<Path> groups = new ArrayList<>();

  @AfterEach
  void removeGroups() {
    for (Path group : groups) {
      assertThat(Await.until(Duration.ofSeconds(20), () -> group.toFile().delete()))
          .as(group.toString())
          .isTrue();
    }
    LeftoverCheck.assertNothingLeft();
  }

  private void makeGroups(int cpus) throws IOException {
    for (String controller : CONTROLLERS) {
      Path group = GROUPS.resolve(controller).resolve("pagereel-crowd");
      Files.createDirectories(group);
      groups.add(group);
    }
    Files.writeString(groups.get(0).resolve("cpu.cfs_period_us"), "100000");
    Files.writeString(groups.get(0).resolve("cpu.cfs_quota_us"), cpus * 100_000 + "");
    Files.writeString(groups.get(2).resolve("memory.limit_in_bytes"), MEMORY + "");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void neverMoreThanFits(int cpus) throws Exception {
    assumeTrue(Boolean.getBoolean("pagereel.crowd"), "-Dpagereel.crowd=true");
    assumeTrue(Files.isDirectory(GROUPS.resolve("cpuacct")), "control groups of version 1");
    makeGroups(cpus);
    Path settings =
        Files.writeString(folder.resolve("s.yaml"), TestServer.SETTINGS.replace("atOnce: 4, ", ""));
    int port = FreePort.find();
    String join =
        "for c in cpu cpuacct memory; do echo $$ > /sys/fs/cgroup/$c/pagereel-crowd/cgroup.procs;"
            + " done; exec \"$@\"";
    Cli server =
        Cli.start(
            List.of("sh", "-c", join, "sh"),
            folder,
            Map.of(),
            "serve",
            "--data=" + folder.resolve("data"),
            "--config=" + settings,
            "--listen=127.0.0.1:" + port);
    try {
      crowd(server, "http://127.0.0.1:" + port, cpus);
    } finally {
      server.process().destroy();
      assertThat(server.process().waitFor()).isNotNegative();
    }
  }

  private void crowd(Cli server, String base, int cpus) throws Exception {
    server.awaitOutput("Listening on", Duration.ofSeconds(60));
    AgoraClient client =
        new AgoraClient(
            base,
            TestServer.APP,
            new io.agora.education.EducationTokenBuilder2()
                .buildAppToken(TestServer.APP, TestServer.CERTIFICATE, 3600),
            null);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      client.create("r" + i);
      ids.add(
          client
              .start("r" + i, "\"rootUrl\":\"" + base + "/record-page/demo/\"," + FULL_HD, "")
              .ok()
              .data()
              .path("recordId")
              .asString());
    }
    long end = System.nanoTime() + Duration.ofSeconds(150).toNanos();
    int most = 0;
    while (System.nanoTime() < end) {
      Pause.of(Duration.ofSeconds(1));
      most = Math.max(most, (int) ids.stream().filter(this::hasBegun).count());
    }
    System.out.printf("%d CPUs: %d recordings of %d began%n", cpus, most, STARTS);
    server.output().lines().filter(line -> line.contains("is let in")).forEach(System.out::println);
    assertThat(most).isBetween(1, 2 * cpus);
    for (int i = most; i < STARTS; i++) {
      client.stop("r" + i).ok(); // those that wait, so that none of them begins now
    }
    Counters all = Counters.NONE;
    for (String id : ids.subList(0, most)) {
      Report report = ReportFile.read(recording(id));
      System.out.printf("%s: %s %s%n", id, report.counters(), report.sound());
      assertThat(report.state()).isEqualTo(Report.State.RECORDING);
      all = all.plus(report.counters());
    }
    assertThat(all.dropped() * 1000).as("of all pictures: %s", all).isLessThan(all.grabbed());
  }

  private boolean hasBegun(String id) {
    return Files.exists(recording(id).resolve(Report.FILE));
  }

  private Path recording(String id) {
    return folder.resolve("data/recordings").resolve(id);
  }
}
