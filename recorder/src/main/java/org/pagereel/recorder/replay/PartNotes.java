package org.pagereel.recorder.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pagereel.recorder.WholeFile;

/** What is missing in a part, kept beside it: who goes on with the part has to say so, too. */
final class PartNotes {
  private PartNotes() {}

  /** Keeps them, when the part is there. */
  static void write(Path part, List<String> missing) {
    try {
      WholeFile.write(file(part), String.join("\n", missing));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of a part that is there. */
  static List<String> read(Path part) {
    try {
      return Files.exists(file(part))
          ? Files.readString(file(part)).lines().filter(line -> !line.isBlank()).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path part) {
    return part.resolveSibling(part.getFileName() + ".missing");
  }
}
