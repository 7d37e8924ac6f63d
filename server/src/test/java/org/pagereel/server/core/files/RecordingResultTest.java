package org.pagereel.server.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.Counters;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.wire.Json;

/** A result says everything that faces answer with, and is small enough to be kept in a row. */
class RecordingResultTest {
  private static final int DAY = 24 * 3600;

  @Test
  void videosLieOneAfterTheOther() {
    RecordingResult result = of(report(3, 45.25), Optional.empty());
    assertThat(result.durationMillis()).isEqualTo(45_250);
    assertThat(result.playlist()).isEqualTo("page.m3u8");
    assertThat(result.videos())
        .containsExactly(
            new RecordingResult.Video("page-000.mp4", 0, 7_200_000, 1_500_000_000),
            new RecordingResult.Video("page-001.mp4", 7_200_000, 7_200_000, 1_500_000_000),
            new RecordingResult.Video("page-002.mp4", 14_400_000, 7_200_000, 1_500_000_000));
  }

  @Test
  void nothingWasRecorded() {
    assertThat(RecordingResult.of(Optional.empty(), Optional.empty(), false))
        .isEqualTo(RecordingResult.NOTHING);
    assertThat(read(write(RecordingResult.NOTHING))).isEqualTo(RecordingResult.NOTHING);
  }

  /** 5,760 slices of a page, and some hundred streams. */
  @Test
  void aWholeDay() {
    RecordingResult page = of(report(12, DAY), Optional.empty());
    assertThat(write(page).length()).isLessThan(2_000);
    assertThat(read(write(page))).isEqualTo(page);
    RecordingResult streams = of(report(12, DAY), Optional.of(streams(400)));
    assertThat(write(streams).length()).isLessThan(100_000);
    assertThat(read(write(streams))).isEqualTo(streams);
  }

  private static RecordingResult of(Report report, Optional<StreamFiles> streams) {
    return RecordingResult.of(Optional.of(report), streams, true);
  }

  private static String write(RecordingResult result) {
    return Json.LINES.writeValueAsString(result);
  }

  private static RecordingResult read(String text) {
    return Json.LINES.readValue(text, RecordingResult.class);
  }

  private static StreamFiles streams(int count) {
    List<StreamFile> files = new ArrayList<>();
    List<StreamFiles.Interrupt> interrupts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String user = "student_with_a_long_name_" + i;
      String file = "stream-" + i + ".mp4";
      files.add(new StreamFile(file, Kind.CAMERA, user, 1000L * i, 1000L * DAY, 1 << 30, 640, 360));
      interrupts.add(new StreamFiles.Interrupt(user, 3));
    }
    return new StreamFiles(1000L * DAY, files, interrupts, List.of(), List.of());
  }

  private static Report report(int videos, double seconds) {
    List<Report.Video> made = new ArrayList<>();
    for (int i = 0; i < videos; i++) {
      made.add(new Report.Video("page-%03d.mp4".formatted(i), 7200, 1_500_000_000));
    }
    List<Report.SliceEntry> slices = new ArrayList<>();
    for (int i = 0; i * 15 < seconds; i++) {
      slices.add(
          new Report.SliceEntry(
              "page-1-%05d.ts".formatted(i), 1, i, i * 15.0, 15, Instant.EPOCH, 3 << 20, null));
    }
    return new Report(
        "day",
        1,
        "label",
        "http://page.test/",
        Report.State.FINISHED,
        null,
        null,
        null,
        seconds,
        1920,
        1080,
        30,
        1500,
        null,
        List.of(),
        List.of(),
        List.of(),
        made,
        slices,
        Counters.NONE,
        null,
        List.of(),
        0,
        7200,
        2_000_000_000,
        15,
        null,
        null);
  }
}
