package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.ReportFile;

/** Waits for what a recording's attempts write into its folder. */
final class RecordedFiles {
  private RecordedFiles() {}

  static void awaitMedia(Path files, int attempt) {
    Path slice = files.resolve("page-" + attempt + "-00000.ts");
    assertThat(
            Await.until(
                Duration.ofSeconds(60), () -> Files.exists(slice) && slice.toFile().length() > 0))
        .as("%s", slice)
        .isTrue();
  }

  static void awaitReport(Path files, int attempt, Report.State state) {
    assertThat(
            Await.until(
                Duration.ofSeconds(30),
                () -> {
                  try {
                    Report report = ReportFile.read(files);
                    return report.attempt() == attempt && report.state() == state;
                  } catch (IOException e) {
                    return false;
                  }
                }))
        .as("attempt %d in state %s", attempt, state)
        .isTrue();
  }
}
