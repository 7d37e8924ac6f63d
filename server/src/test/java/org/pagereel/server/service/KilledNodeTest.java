package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.Report.Gap;
import org.pagereel.recorder.av.MediaCheck;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses.Node;

/**
 * A node with real recorders dies with all of its processes, again and again: what it recorded goes
 * on elsewhere, and becomes one recording. {@code -Dpagereel.long=true}, and {@code
 * -Dpagereel.rounds=20}.
 */
@WholeMachine
@EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
class KilledNodeTest {
  private static final int ROUNDS = Integer.getInteger("pagereel.rounds", 1);
  private static final int ROOMS = Integer.getInteger("pagereel.rooms", 3);
  private static final Duration SOON = Duration.ofSeconds(100);

  @TempDir Path folder;
  private final List<Double> seconds = new ArrayList<>();

  @Test
  void itsRecordingsGoOnElsewhereAndBecomeOne() throws Exception {
    try (TestPages pages = new TestPages();
        NodeProcesses nodes = new NodeProcesses(folder, NodeService.class)) {
      JoinLog joins = new JoinLog(pages);
      Node here = nodes.start("a", ROOMS);
      for (int i = 0; i < ROOMS; i++) {
        here.room("room" + i);
        here.record("room" + i, joins.page("room" + i), 15);
      }
      assertThat(Await.until(SOON, () -> nodes.recordedBy("a") == ROOMS)).isTrue();
      Node there = nodes.start("b", ROOMS);
      for (int round = 0; round < ROUNDS; round++) {
        Pause.of(Duration.ofSeconds(ROUNDS > 1 ? 20 : 6));
        kill(nodes, here, there);
        Node before = here;
        here = there;
        there = nodes.start(before.name(), ROOMS); // which removes what was left of it
      }
      Pause.of(Duration.ofSeconds(6));
      for (int i = 0; i < ROOMS; i++) {
        here.stop("room" + i);
      }
      assertThat(
              Await.until(
                  SOON,
                  () ->
                      nodes.column("SELECT id FROM recordings WHERE state = 'FINISHED'").size()
                          == ROOMS))
          .isTrue();
      for (int i = 0; i < ROOMS; i++) {
        assertOneAtATime(joins.of("room" + i));
      }
      for (String id : nodes.column("SELECT id FROM recordings")) {
        assertWhole(nodes.recordings().resolve(id));
      }
    }
    seconds.sort(null);
    System.out.printf(
        "node killed: next packet elsewhere after %.1f s, p95 %.1f s, longest %.1f s (%d)%n",
        seconds.get(seconds.size() / 2),
        seconds.get((int) Math.ceil(seconds.size() * 0.95) - 1),
        seconds.getLast(),
        seconds.size());
    LeftoverCheck.assertNothingLeft();
  }

  private void kill(NodeProcesses nodes, Node here, Node there) throws Exception {
    long killed = System.nanoTime();
    here.kill();
    int known = seconds.size();
    boolean all =
        Await.until(
            SOON,
            () -> {
              int now = nodes.recordedBy(there.name());
              while (seconds.size() < known + now) {
                seconds.add((System.nanoTime() - killed) / 1e9);
              }
              return now == ROOMS;
            });
    assertThat(all).as("%s go on at %s", seconds, there.name()).isTrue();
  }

  /** The page has heard of no two browsers at the same time, and of one for each node. */
  private static void assertOneAtATime(List<JoinLog.Join> joins) {
    assertThat(joins).hasSize(ROUNDS + 1);
    for (int i = 1; i < joins.size(); i++) {
      assertThat(joins.get(i).first).isGreaterThan(joins.get(i - 1).last);
    }
  }

  private static void assertWhole(Path recording) throws Exception {
    Report report = ReportFile.read(recording);
    assertThat(report.state()).isEqualTo(Report.State.FINISHED);
    assertThat(report.gaps()).as("one for each death").hasSize(ROUNDS);
    double gone = 0;
    for (Gap gap : report.gaps()) {
      assertThat(gap.cause()).matches("The node [ab] was lost");
      Instant to = java.util.Objects.requireNonNull(gap.to());
      double length = Duration.between(gap.from(), to).toMillis() / 1e3;
      assertThat(length).isBetween(4.0, 30.0);
      gone += length;
    }
    double lasted =
        Duration.between(
                    java.util.Objects.requireNonNull(report.startedAt()),
                    java.util.Objects.requireNonNull(report.stoppedAt()))
                .toMillis()
            / 1e3;
    assertThat(report.durationSeconds())
        .as("what is neither recorded nor said to be missing")
        .isCloseTo(lasted - gone, within(1.0 + 0.3 * ROUNDS));
    assertThat(MediaCheck.play(recording.resolve("page.mp4")).toMillis() / 1e3)
        .isCloseTo(report.durationSeconds(), within(0.5));
    List<String> playlist = Files.readAllLines(recording.resolve("page.m3u8"));
    assertThat(playlist.getLast()).isEqualTo("#EXT-X-ENDLIST");
    assertThat(playlist.stream().filter("#EXT-X-DISCONTINUITY"::equals)).hasSize(ROUNDS);
    for (String slice : playlist.stream().filter(line -> line.endsWith(".ts")).toList()) {
      assertThat(MediaCheck.length(recording.resolve(slice))).isPositive();
    }
    try (Stream<Path> files = Files.list(recording)) {
      assertThat(files.filter(Files::isDirectory)).as("the parts are one").isEmpty();
    }
  }
}
