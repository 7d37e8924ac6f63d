package org.pagereel.recorder.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagereel.recorder.Report.SliceEntry;
import org.pagereel.recorder.WholeFile;
import tools.jackson.core.JacksonException;

/**
 * The finished slices of a recording that goes on, a line each. The report has them when the
 * recording is over: written with each of a day's 5,760 slices it would be gigabytes.
 */
public final class SliceLog {
  public static final String FILE = "slices.jsonl";

  private SliceLog() {}

  /** Begins it with what is known, in place of what was there. */
  public static void begin(Path folder, List<SliceEntry> slices) throws IOException {
    StringBuilder text = new StringBuilder();
    slices.forEach(slice -> text.append(line(slice)));
    WholeFile.write(folder.resolve(FILE), text.toString());
  }

  public static void add(Path folder, SliceEntry slice) throws IOException {
    Files.writeString(
        folder.resolve(FILE),
        line(slice),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The report has them now. */
  public static void end(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }

  /** The slices, if there is a log; what was cut off in the middle of a line is not there. */
  static Optional<List<SliceEntry>> find(Path folder) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(folder.resolve(FILE), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    List<SliceEntry> slices = new ArrayList<>();
    for (String line : lines) {
      try {
        slices.add(Json.LINES.readValue(line, SliceEntry.class));
      } catch (JacksonException e) {
        break; // whoever goes on looks at the slices themselves
      }
    }
    return Optional.of(slices);
  }

  private static String line(SliceEntry slice) {
    return Json.LINES.writeValueAsString(slice) + "\n";
  }
}
