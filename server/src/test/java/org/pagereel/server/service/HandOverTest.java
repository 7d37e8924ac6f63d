package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.Report.Gap;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses.Node;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.FlashBeep;

/**
 * A node with real recorders is told to end: its recordings go on elsewhere, and no second of the
 * page is missing or there twice. {@code -Dpagereel.rooms=6}; one in every build.
 */
@WholeMachine
class HandOverTest {
  private static final int ROOMS = Integer.getInteger("pagereel.rooms", 1);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LARGEST_GAP = Duration.ofSeconds(6); // usually below 3

  @TempDir Path folder;

  @Test
  void noSecondIsMissingOrThereTwice() throws Exception {
    try (TestPages pages = new TestPages();
        NodeProcesses nodes = new NodeProcesses(folder, NodeService.class)) {
      String page = SecondsPage.on(pages);
      Node a = nodes.start("a", ROOMS);
      for (int i = 0; i < ROOMS; i++) {
        a.room("room" + i);
        a.record("room" + i, page, 20);
      }
      handOver(nodes, a);
      for (String id : nodes.column("SELECT id FROM recordings")) {
        assertWhole(nodes.recordings().resolve(id));
      }
    }
    LeftoverCheck.assertNothingLeft();
  }

  /** A room that lets one in by each name: the page that joins later puts the earlier one out. */
  @Test
  @EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
  void nothingIsRecordedOfAPageThatAnotherHasPutOut() throws Exception {
    try (NodeProcesses nodes = new NodeProcesses(folder, NodeService.class)) {
      nodes.pages(pagesThatTurnBlack());
      Node host = nodes.startAnswering("host");
      Node a = nodes.start("a", ROOMS);
      for (int i = 0; i < ROOMS; i++) {
        a.room("room" + i);
        String page = "record-page/room/record.html?userId=recorder&roomId=room" + i;
        a.recordWhenReady("room" + i, "http://127.0.0.1:" + host.port() + "/" + page);
      }
      handOver(nodes, a);
      for (String id : nodes.column("SELECT id FROM recordings")) {
        assertOfOneClass(nodes.recordings().resolve(id));
      }
    }
    LeftoverCheck.assertNothingLeft();
  }

  /** The server's own pages; the one of the demo room turns black when it is put out. */
  private Path pagesThatTurnBlack() throws Exception {
    Path pages = folder.resolve("pages");
    Path original = Path.of(System.getProperty("pagereel.home"), "record-page", "pages");
    try (Stream<Path> all = Files.walk(original)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Files.copy(file, pages.resolve(original.relativize(file).toString()));
      }
    }
    Path record = pages.resolve("room/record.html");
    String text = Files.readString(record);
    String black = "document.body.style.cssText = 'background:#000;filter:brightness(0)'";
    String changed =
        text.replace("navigator.notifyLeft?.()", "{ navigator.notifyLeft?.(); " + black + "; }")
            .replace(
                "navigator.notifyReady?.()",
                "fetch('/edu/apps/a/v2/rooms/r/records/ready', {method: 'PUT'})");
    assertThat(changed).contains(black).contains("records/ready");
    Files.writeString(record, changed);
    return pages;
  }

  private static void assertOfOneClass(Path recording) throws Exception {
    Report report = ReportFile.read(recording);
    System.out.printf("handed over by a page that joins: gaps %s%n", report.gaps());
    assertThat(report.slices().stream().map(Report.SliceEntry::attempt).distinct()).hasSize(2);
    assertThat(report.gaps()).hasSize(1);
    Gap gap = report.gaps().getFirst();
    assertThat(Duration.between(gap.from(), gap.to())).isLessThan(LARGEST_GAP);
    assertThat(Decoded.grey(recording.resolve("page.mp4"), "480:320:0:0", 1, 1))
        .as("a page that is out of its room is black")
        .noneMatch(picture -> Byte.toUnsignedInt(picture[0]) < 100);
  }

  /** The other node takes over what this one records, and finishes it. */
  private static void handOver(NodeProcesses nodes, Node a) throws Exception {
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
    String finished = "SELECT id FROM recordings WHERE state = 'FINISHED'";
    assertThat(Await.until(SOON, () -> nodes.column(finished).size() == ROOMS)).isTrue();
  }

  private static void assertWhole(Path recording) throws Exception {
    Report report = ReportFile.read(recording);
    assertThat(report.slices().stream().map(Report.SliceEntry::attempt).distinct()).hasSize(2);
    FlashBeep seen = SecondsPage.seen(recording.resolve("page.mp4"));
    System.out.printf("handed over: gaps %s, flashes %s%n", report.gaps(), seen.flashes());
    assertThat(report.gaps()).isEmpty();
    assertThat(SecondsPage.distances(seen.flashes())).allMatch(SecondsPage::isNext);
    // A page that was opened just now may leave out a beep for which its sound is not ready.
    List<Double> silences =
        SecondsPage.distances(seen.beeps()).stream()
            .filter(distance -> !SecondsPage.isNext(distance))
            .toList();
    assertThat(silences).hasSizeLessThan(2).allMatch(silence -> silence < 2.45);
    assertThat(report.durationSeconds() - seen.flashes().size()).isBetween(-1.5, 1.5);
  }
}
