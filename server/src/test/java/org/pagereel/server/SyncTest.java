package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.FlashBeep;

/** Picture and sound stay together, also across pauses, and nothing of a pause is in the file. */
@WholeMachine
class SyncTest {
  private static final String FLASH = "200:200:0:0";

  /** Seconds; so close before a cut a flash may have lost its beep. */
  private static final double NEAR = 0.15;

  @TempDir Path folder;

  @Test
  void everySecondFlashesAndBeepsTogether() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder =
          new TestRecorder(folder, pages.url("sync.html?moving=1"))
              .slice(Duration.ofSeconds(3))
              .start();
      Report report = recorder.record(Duration.ofSeconds(8));

      FlashBeep seen = FlashBeep.of(recorder.video(), FLASH);
      assertThat(seen.flashes()).hasSizeBetween(7, 10);
      assertThat(gaps(seen)).allMatch(gap -> Math.abs(gap - 1) < 0.07);
      assertThat(seen.offsetsMillis()).hasSizeGreaterThan(6);
      assertThat(seen.p95Millis()).isLessThan(120);
      assertThat(report.counters().dropped()).isLessThan(10);
      assertThat(report.slices()).hasSize(3);
      assertThat(Decoded.complaints(recorder.video())).isEmpty();
    }
  }

  @Test
  void pausesAreCutOutAndLeaveNothingBehind() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, pages.url("sync.html?moving=1")).start();
      recorder.await(Event.Recording.class);
      Random random = new Random(7);
      for (int i = 0; i < 6; i++) {
        TestRecorder.after(millis(random, 600, 1500), () -> recorder.send(new Command.Pause()));
        recorder.await(Event.Paused.class);
        TestRecorder.after(millis(random, 100, 1200), () -> recorder.send(new Command.Resume()));
        recorder.await(Event.Recording.class);
      }
      TestRecorder.after(Duration.ofSeconds(1), () -> recorder.send(new Command.Stop()));
      assertThat(recorder.end()).isInstanceOf(Event.Finished.class);

      Report report = recorder.report();
      assertThat(report.pauses()).hasSize(6);
      double expected = recordedSeconds(report);
      assertThat(report.durationSeconds()).isBetween(expected - 0.15, expected + 0.15);
      FlashBeep seen = FlashBeep.of(recorder.video(), FLASH).awayFrom(cuts(report), NEAR);
      assertThat(seen.flashes()).hasSizeGreaterThan(1);
      // A page that a busy machine keeps waiting may be too late for a beep.
      assertThat(seen.offsetsMillis()).hasSizeGreaterThanOrEqualTo(seen.flashes().size() - 1);
      assertThat(seen.p95Millis()).isLessThan(120);
      assertThat(Decoded.complaints(recorder.video())).isEmpty();
      recorder.assertNothingLeft();
    }
  }

  /** Where in the file something was cut off, in seconds. */
  private static List<Double> cuts(Report report) {
    Duration cutOut = Duration.ZERO;
    List<Double> cuts = new ArrayList<>(List.of(0.0, report.durationSeconds()));
    for (Report.Interval pause : report.pauses()) {
      Duration at = Duration.between(report.startedAt(), pause.from()).minus(cutOut);
      cuts.add(at.toNanos() / 1e9);
      cutOut = cutOut.plus(Duration.between(pause.from(), pause.to()));
    }
    return cuts;
  }

  /** Wall time from the first frame to the end, without the pauses. */
  static double recordedSeconds(Report report) {
    Duration all = Duration.between(report.startedAt(), report.stoppedAt());
    for (Report.Interval pause : report.pauses()) {
      all = all.minus(Duration.between(pause.from(), pause.to()));
    }
    return all.toNanos() / 1e9;
  }

  private static List<Double> gaps(FlashBeep seen) {
    List<Double> at = seen.flashes();
    return IntStream.range(1, at.size()).mapToObj(i -> at.get(i) - at.get(i - 1)).toList();
  }

  private static Duration millis(Random random, int min, int max) {
    return Duration.ofMillis(random.nextInt(min, max));
  }
}
