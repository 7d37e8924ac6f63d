package org.pagereel.recorder.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pagereel.recorder.Report;

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
    return Files.exists(file)
        ? Optional.of(Json.PRETTY.readValue(Files.readString(file), Report.class))
        : Optional.empty();
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
