package org.pagereel.recorder.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.Report.SliceEntry;

/** The report in the folder of a recording. */
public final class ReportFile {
  private ReportFile() {}

  /**
   * Reads it; empty if there is none.
   *
   * @throws IOException the disk does not give it
   * @throws tools.jackson.core.JacksonException it is no report
   */
  public static Optional<Report> find(Path folder) throws IOException {
    Path file = folder.resolve(Report.FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Report report = parse(file);
    if (report.isOver()) {
      return Optional.of(report);
    }
    Optional<List<SliceEntry>> slices = SliceLog.find(folder);
    // Without a log it is over since a moment ago, or of an earlier version, which wrote none.
    return Optional.of(slices.isPresent() ? report.with(slices.get()) : parse(file));
  }

  private static Report parse(Path file) throws IOException {
    return Json.PRETTY.readValue(Files.readString(file), Report.class);
  }

  /**
   * Reads it.
   *
   * @throws IOException there is none, or the disk does not give it
   * @throws tools.jackson.core.JacksonException it is no report
   */
  public static Report read(Path folder) throws IOException {
    return find(folder).orElseThrow(() -> new IOException("No report in " + folder));
  }
}
