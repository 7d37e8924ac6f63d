package org.pagereel.server.core.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;

/** Slices that no video was made of: all that there is of a class, so nobody may delete them. */
public final class UnmadeFiles {
  private UnmadeFiles() {}

  /** Whether a recording's folder has such; one whose report cannot be read does if in doubt. */
  public static boolean in(Path folder) {
    Path report = folder.resolve(Report.FILE);
    if (!Files.exists(report)) {
      return false; // nothing was recorded, or it is no recording
    }
    try {
      return !Json.PRETTY.readValue(Files.readString(report), Report.class).filesAreMade()
          && hasSlices(folder);
    } catch (IOException | JacksonException e) {
      return hasSlices(folder);
    }
  }

  private static boolean hasSlices(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".ts"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
