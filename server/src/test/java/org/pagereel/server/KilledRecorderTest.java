package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.tools.measure.Decoded;

/** A recorder that is killed loses half a second at most, and leaves nothing behind. */
@WholeMachine
class KilledRecorderTest {
  @TempDir Path folder;

  static List<Integer> moments() {
    return LongForm.isOn() ? List.of(700, 3300, 6100) : List.of(700, 6100);
  }

  @ParameterizedTest
  @MethodSource("moments")
  void whatWasRecordedBeforePlays(int millis) throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder =
          new TestRecorder(folder, pages.url("demo/?t0=10")).slice(Duration.ofSeconds(2)).start();
      recorder.await(Event.Recording.class);
      AtomicReference<Instant> killed = new AtomicReference<>();
      TestRecorder.after(
          Duration.ofMillis(millis),
          () -> {
            ProcessHandle.of(recorder.pid()).ifPresent(ProcessHandle::destroyForcibly);
            killed.set(Instant.now());
          });

      assertThat(recorder.end())
          .isInstanceOfSatisfying(
              Event.Failed.class,
              failed -> {
                assertThat(failed.message()).contains("killed by signal 9");
                assertThat(failed.videos()).containsExactly("page.mp4");
              });
      Report report = recorder.report();
      assertThat(report.state()).isEqualTo(Report.State.FAILED);
      assertThat(report.gaps()).hasSize(1);
      double lived = Duration.between(report.startedAt(), killed.get()).toNanos() / 1e9;
      assertThat(report.durationSeconds()).isBetween(lived - 0.6, lived + 0.1);
      assertThat(Decoded.complaints(recorder.video())).isEmpty();
      for (Report.SliceEntry slice : report.slices()) {
        assertThat(Decoded.complaints(recorder.folder.resolve(slice.file()))).isEmpty();
      }
      recorder.assertNothingLeft();
    }
  }
}
