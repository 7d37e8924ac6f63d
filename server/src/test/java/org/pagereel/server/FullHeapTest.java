package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.tools.measure.Decoded;

/** A thread without memory ends its recorder: otherwise it would record on, deaf or blind. */
@WholeMachine
class FullHeapTest {
  @TempDir Path folder;

  /** An order that is larger than the heap of whoever reads it. */
  @Test
  void whatWasRecordedBeforePlays() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, pages.url("demo/?t0=10")).start();
      recorder.await(Event.Recording.class);
      String large = "x".repeat(80_000_000);
      TestRecorder.after(
          Duration.ofSeconds(3),
          () -> recorder.send(new Command.Prepare(new PageSize(640, 360), 30, large)));

      assertThat(recorder.end())
          .isInstanceOfSatisfying(
              Event.Failed.class,
              failed -> {
                assertThat(failed.message()).contains("no memory left");
                assertThat(failed.videos()).containsExactly("page.mp4");
              });
      Report report = recorder.report();
      assertThat(report.state()).isEqualTo(Report.State.FAILED);
      assertThat(report.durationSeconds()).isBetween(2.0, 10.0);
      assertThat(Decoded.complaints(recorder.video())).isEmpty();
      recorder.assertNothingLeft();
    }
  }
}
