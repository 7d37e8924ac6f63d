package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.recorder.Report;
import org.pagereel.server.tools.measure.Pixels;

/** Whichever way a page says that it is ready, the first picture is the ready page. */
@WholeMachine
class ReadySignalTest {
  @TempDir Path folder;

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  // The page is blank for two seconds, so a recorder that ignored the signal would show white.
  @ParameterizedTest
  @SideBySide
  @CsvSource({"notify,notify", "console,console", "put,put", "selector:#ready,selector"})
  void theFirstPictureIsTheReadyPage(String signal, String page) throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder =
          new TestRecorder(folder, pages.url("sync.html?delay=2&signal=" + page))
              .ready(signal)
              .start();
      Report report = recorder.record(Duration.ofSeconds(1));

      assertThat(report.ready()).isNotNull();
      assertThat(report.ready().signal()).isEqualTo(signal);
      assertThat(report.ready().tookSeconds()).isGreaterThan(1.9);
      assertThat(Pixels.ofFirstPicture(recorder.video()).at(600, 300) & 0xff).isBetween(118, 138);
      recorder.assertNothingLeft();
    }
  }
}
