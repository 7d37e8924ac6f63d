package org.pagereel.recorder.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.SlicingSpec;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.slices.Slice;

/** Every moment between a recording's start and its end is recorded, held, paused or in a gap. */
class JournalTest {
  private static final Duration SLICE = Duration.ofSeconds(6);
  private final Instant start = Instant.now().minusSeconds(60);

  @TempDir Path folder;

  @Test
  void diedAndHeldBeforeTheNextWasReady() {
    Journal next = next(recorded(), true);
    next.reopen("it died");
    next.ready("load", Duration.ofSeconds(1), true);
    Report report = next.report();
    assertThat(report.state()).isEqualTo(Report.State.PAUSED);
    assertThat(report.pauses()).hasSize(1);
    assertThat(report.gaps())
        .containsExactly(
            new Report.Gap(start.plus(SLICE), report.pauses().getFirst().from(), "it died"));
  }

  @Test
  void diedAndPausedBeforeTheNextRecorded() {
    Journal next = next(recorded(), false);
    next.reopen("it died");
    next.ready("load", Duration.ofSeconds(1), false);
    Instant at = Instant.now();
    next.paused(at);
    assertThat(next.report().gaps())
        .containsExactly(new Report.Gap(start.plus(SLICE), at, "it died"));
    assertThat(next.report().pauses()).containsExactly(new Report.Interval(at, null));
  }

  @Test
  void diedAgainBeforeItWasReady() {
    Journal second = next(recorded(), true);
    second.reopen("it died");
    Journal third = next(second, true);
    third.reopen("it died again");
    third.ready("load", Duration.ofSeconds(1), false);
    Instant at = Instant.now();
    third.recording(at);
    assertThat(third.report().gaps())
        .containsExactly(new Report.Gap(start.plus(SLICE), at, "it died"));
  }

  @Test
  void diedWhilePaused() {
    Journal first = recorded();
    first.paused(start.plus(SLICE));
    Journal next = next(first, true);
    next.reopen("it died");
    next.ready("load", Duration.ofSeconds(1), true);
    assertThat(next.report().gaps()).isEmpty();
    assertThat(next.report().holds()).isEmpty();
    assertThat(next.report().pauses())
        .containsExactly(new Report.Interval(start.plus(SLICE), null));
  }

  /** Its server was killed: the recorder finished, and another server goes on with it. */
  @Test
  void finishedWhilePaused() {
    Journal first = recorded();
    first.paused(start.plus(SLICE));
    first.finishing(start.plusSeconds(20));
    Journal next = next(first, true);
    next.reopen("its server died");
    next.ready("load", Duration.ofSeconds(1), true);
    Instant at = Instant.now();
    next.recording(at);
    assertThat(next.report().gaps()).isEmpty();
    assertThat(next.report().pauses()).containsExactly(new Report.Interval(start.plus(SLICE), at));
  }

  @Test
  void diedBeforeAnythingCouldBeShown() {
    Journal first = new Journal(request(1, false));
    first.ready("load", Duration.ofSeconds(1), false);
    first.recording(start);
    Journal next = next(first, false);
    next.reopen("it died");
    Instant at = Instant.now();
    next.recording(at);
    assertThat(next.report().gaps()).containsExactly(new Report.Gap(start, at, "it died"));
  }

  @Test
  void pausedWhileTheFirstFrameWasOnItsWay() {
    Journal next = next(recorded(), false);
    next.reopen("it died");
    next.ready("load", Duration.ofSeconds(1), false);
    Instant frame = start.plusSeconds(20);
    next.paused(frame.plusSeconds(1));
    next.recording(frame);
    next.paused(frame.plusSeconds(2));
    assertThat(next.report().gaps())
        .containsExactly(new Report.Gap(start.plus(SLICE), frame, "it died"));
    assertThat(next.report().pauses())
        .containsExactly(new Report.Interval(frame.plusSeconds(2), null));
  }

  @Test
  void manyWarningsOfAKindLeaveRoomForOthers() {
    Journal journal = new Journal(request(1, false));
    for (int i = 0; i < 70; i++) {
      assertThat(journal.warning("frozen", "again")).isEqualTo(i < 60);
    }
    assertThat(journal.warning("suspended", "once")).isTrue();
    assertThat(journal.report().warnings()).hasSize(61);
    assertThat(journal.report().warningsNotListed()).isEqualTo(10);
  }

  /** One slice long. */
  private Journal recorded() {
    Journal first = new Journal(request(1, false));
    first.opened();
    first.ready("load", Duration.ofSeconds(1), false);
    first.recording(start);
    first.slice(
        new Slice("page-1-00000.ts", 1, 0, Duration.ZERO, SLICE, start, 188, Duration.ZERO));
    return first;
  }

  private Journal next(Journal before, boolean hold) {
    return Journal.of(before.report(), request(before.report().attempt() + 1, hold));
  }

  private RecordingRequest request(int attempt, boolean hold) {
    return new RecordingRequest(
        "r",
        new PageSpec(
            "http://page.test/",
            new PageSize(320, 240),
            new ReadySignal.Load(),
            Duration.ofSeconds(30)),
        new PictureSpec(30, 500),
        SoundProfile.STEREO,
        SlicingSpec.DEFAULT,
        null,
        new Attempt(attempt, hold, "it died", true, null, null),
        folder);
  }
}
