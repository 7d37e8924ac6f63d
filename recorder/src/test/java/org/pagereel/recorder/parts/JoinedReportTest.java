package org.pagereel.recorder.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.Counters;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.Report.Gap;
import org.pagereel.recorder.Report.Interval;
import org.pagereel.recorder.Report.SliceEntry;
import org.pagereel.recorder.Report.State;

class JoinedReportTest {
  private static final Instant BEGAN = Instant.parse("2026-11-30T10:00:00Z");
  private static final String WHY = "The node a was lost";

  private final Report earlier =
      report(1, State.RECORDING, BEGAN, null, List.of(slice(1, 0, 0), slice(1, 1, 15)));
  private final Report later =
      report(2, State.FINISHING, at(42), at(60), List.of(slice(2, 0, 0, 42)));

  private static Instant at(int second) {
    return BEGAN.plusSeconds(second);
  }

  private static SliceEntry slice(int attempt, int number, int start) {
    return slice(attempt, number, start, start);
  }

  private static SliceEntry slice(int attempt, int number, int start, int at) {
    String name = "page-%d-%05d.ts".formatted(attempt, number);
    return new SliceEntry(name, attempt, number, start, 15, at(at), 1000, null);
  }

  private static Report report(
      int attempt,
      State state,
      @Nullable Instant began,
      @Nullable Instant stopped,
      List<SliceEntry> slices) {
    return new Report(
        "r",
        attempt,
        "label",
        "http://page.test/",
        state,
        null,
        began,
        stopped,
        0,
        640,
        360,
        20,
        500,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        slices,
        new Counters(100, 50, 40, 2),
        null,
        List.of(),
        0,
        7200,
        1_000_000,
        15,
        null,
        attempt == 1 ? null : WHY);
  }

  private static Report with(Report report, List<Interval> holds, List<Interval> pauses) {
    return report.with(report.slices(), holds, pauses, report.gaps());
  }

  private static Report joined(Report earlier, Report later) {
    return JoinedReport.of(earlier, later, 20);
  }

  @Test
  void theLaterPartFollowsOnTheTimeline() {
    Report whole = joined(earlier, later);
    assertThat(whole.slices())
        .extracting(SliceEntry::file)
        .containsExactly("page-1-00000.ts", "page-1-00001.ts", "page-2-00000.ts");
    SliceEntry moved = whole.slices().getLast();
    assertThat(moved.startSeconds()).isCloseTo(30.1, within(0.001));
    assertThat(moved.movedSeconds()).isCloseTo(30.1, within(0.001));
    assertThat(whole.durationSeconds()).isCloseTo(45.1, within(0.001));
    assertThat(whole.startedAt()).isEqualTo(BEGAN);
    assertThat(whole.stoppedAt()).isEqualTo(at(60));
    assertThat(whole.state()).isEqualTo(State.FINISHING);
    assertThat(whole.counters()).isEqualTo(new Counters(200, 100, 80, 4));
  }

  @Test
  void whatNobodyRecordedIsAGapWithItsCause() {
    assertThat(joined(earlier, later).gaps()).containsExactly(new Gap(at(30), at(42), WHY));
  }

  @Test
  void whereBothRecordedThereIsNone() {
    Report cut = report(1, State.RECORDING, BEGAN, null, List.of(slice(1, 0, 0), slice(1, 1, 27)));
    assertThat(joined(cut, later).gaps()).isEmpty();
  }

  @Test
  void aGapThatWasOpenIsTheSame() {
    Report broken =
        earlier.with(
            earlier.slices(), List.of(), List.of(), List.of(new Gap(at(30), null, "It died")));
    assertThat(joined(broken, later).gaps()).containsExactly(new Gap(at(30), at(42), "It died"));
  }

  @Test
  void whatWasNeverRecordedAgainIsAGapUntilTheEnd() {
    Report none = report(2, State.FINISHING, null, at(60), List.of());
    Report whole = joined(earlier, none);
    assertThat(whole.gaps()).containsExactly(new Gap(at(30), at(60), WHY));
    assertThat(whole.slices()).hasSize(2);
  }

  /** The later part was held until it was released, and that was the end of the pause. */
  @Test
  void aPauseGoesOnAtTheOtherNode() {
    Report paused = with(earlier, List.of(), List.of(new Interval(at(30), null)));
    Report held = with(later, List.of(new Interval(at(40), at(42))), List.of());
    Report whole = joined(paused, held);
    assertThat(whole.pauses()).containsExactly(new Interval(at(30), at(42)));
    assertThat(whole.holds()).isEmpty();
    assertThat(whole.gaps()).isEmpty();
  }

  @Test
  void aPauseThatWasOrderedMeanwhileBeginsWhenThePageIsReady() {
    Report held = with(later, List.of(new Interval(at(40), at(42))), List.of());
    Report whole = joined(earlier, held);
    assertThat(whole.gaps()).containsExactly(new Gap(at(30), at(40), WHY));
    assertThat(whole.pauses()).containsExactly(new Interval(at(40), at(42)));
  }

  @Test
  void aHoldBeforeTheFirstPictureGoesOn() {
    Report none = report(1, State.READY, null, null, List.of());
    Report held = with(none, List.of(new Interval(at(1), null)), List.of());
    Report released = with(later, List.of(new Interval(at(40), at(42))), List.of());
    Report whole = joined(held, released);
    assertThat(whole.holds()).containsExactly(new Interval(at(1), at(42)));
    assertThat(whole.gaps()).isEmpty();
    assertThat(whole.startedAt()).isEqualTo(at(42));
    assertThat(whole.slices().getFirst().movedSeconds()).isNull();
  }
}
