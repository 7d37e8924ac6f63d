package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses.Node;
import org.pagereel.server.tools.measure.FlashBeep;

/**
 * A node with real recorders is told to end: its recordings go on elsewhere, and no second of the
 * page is missing or there twice. {@code -Dpagereel.rooms=6}; one in every build.
 */
@WholeMachine
class HandOverTest {
  private static final int ROOMS = Integer.getInteger("pagereel.rooms", 1);
  private static final Duration SOON = Duration.ofSeconds(60);

  /** It flashes and beeps at every whole second of the machine's clock, whenever it was opened. */
  private static final String PAGE =
      """
      <body style="margin:0;background:#555">
      <div style="position:absolute;left:0;top:0;width:200px;height:200px;background:#000"></div>
      <script type="module">
      import { startSync } from "./sync.js";
      const patch = document.querySelector("div");
      const origin = Math.ceil(performance.timeOrigin / 1000) * 1000 - performance.timeOrigin;
      startSync({ origin, onFlash: (second, on) => patch.style.background = on ? "#fff" : "#000" });
      </script>
      """;

  @TempDir Path folder;

  @Test
  void noSecondIsMissingOrThereTwice() throws Exception {
    try (TestPages pages = new TestPages();
        NodeProcesses nodes = new NodeProcesses(folder, NodeService.class)) {
      String page = pages.html("seconds.html", PAGE);
      Node a = nodes.start("a", ROOMS);
      for (int i = 0; i < ROOMS; i++) {
        a.room("room" + i);
        a.record("room" + i, page, 20);
      }
      assertThat(Await.until(SOON, () -> nodes.recordedBy("a") == ROOMS)).isTrue();
      Node b = nodes.start("b", ROOMS);
      Pause.of(Duration.ofSeconds(6));
      a.process().destroy();
      assertThat(a.process().waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(nodes.recordedBy("b")).isEqualTo(ROOMS);
      Pause.of(Duration.ofSeconds(8));
      for (int i = 0; i < ROOMS; i++) {
        b.stop("room" + i);
      }
      assertThat(
              Await.until(
                  SOON,
                  () ->
                      nodes.column("SELECT id FROM recordings WHERE state = 'FINISHED'").size()
                          == ROOMS))
          .isTrue();
      for (String id : nodes.column("SELECT id FROM recordings")) {
        assertWhole(nodes.recordings().resolve(id));
      }
    }
    LeftoverCheck.assertNothingLeft();
  }

  private static void assertWhole(Path recording) throws Exception {
    Report report = ReportFile.read(recording);
    assertThat(report.slices().stream().map(Report.SliceEntry::attempt).distinct()).hasSize(2);
    FlashBeep seen = FlashBeep.of(recording.resolve("page.mp4"), "160:160:20:20");
    System.out.printf("handed over: gaps %s, flashes %s%n", report.gaps(), seen.flashes());
    assertThat(report.gaps()).isEmpty();
    assertThat(distances(seen.flashes())).allMatch(HandOverTest::isNext);
    assertThat(distances(seen.beeps())).allMatch(HandOverTest::isNext);
    assertThat(report.durationSeconds() - seen.flashes().size()).isBetween(-1.5, 1.5);
  }

  /**
   * A page that was opened just now may be late with its first flash, by less than half a second.
   */
  private static boolean isNext(double distance) {
    return distance > 0.55 && distance < 1.45;
  }

  /** A flash that the cut is in the middle of is one. */
  private static List<Double> distances(List<Double> moments) {
    List<Double> distances = new ArrayList<>();
    for (int i = 1; i < moments.size(); i++) {
      double distance = moments.get(i) - moments.get(i - 1);
      if (distance > 0.3) {
        distances.add(distance);
      }
    }
    return distances;
  }
}
