package org.pagereel.recorder.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.recorder.process.Label;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;

/** What a recorder left that died is completed, and its report says why it died. */
class RepairTest {
  @TempDir Path folder;

  @Test
  void theReportSaysWhyInTheOwnersWords() throws Exception {
    PageSpec page =
        new PageSpec(
            "http://page.test/",
            new PageSize(320, 240),
            new ReadySignal.Load(),
            Duration.ofSeconds(30));
    new Journal(RecordingRequest.of("r", page, new PictureSpec(30, 500), folder)).opened();
    // This process has the label of the one that died.
    Path file = folder.resolve(Report.FILE);
    Files.writeString(file, Files.readString(file).replace(Label.own(), "gone"));
    String words =
        "-f lavfi -i testsrc=s=320x240:r=30:d=2 -f lavfi -i anullsrc=r=48000:d=2 -c:v libx264 -bf 0"
            + " -c:a aac -output_ts_offset 1 -mpegts_copyts 1 page-1-00000.ts";
    Process made =
        FfmpegTool.ffmpeg(List.of(words.split(" "))).directory(folder.toFile()).inheritIO().start();
    assertThat(made.waitFor()).isZero();

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Report.Failure cause = new Report.Failure(FailureCategory.CAPACITY, "The disk is full");
    assertThat(Repair.run(folder, cause, new Events(new PrintStream(out))))
        .isEqualTo(RecorderProcess.FAILED);
    Report report = ReportFile.read(folder);
    assertThat(report.state()).isEqualTo(Report.State.FAILED);
    assertThat(report.failure()).isEqualTo(cause);
    assertThat(report.filesAreMade()).isTrue();
    assertThat(folder).isDirectoryContaining("glob:**/page.mp4");
    String last = out.toString(StandardCharsets.UTF_8).strip().lines().toList().getLast();
    assertThat(Json.LINES.readValue(last, Event.class))
        .isEqualTo(new Event.Failed(cause.category(), cause.message(), List.of("page.mp4")));
  }
}
