package org.pagereel.recorder.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pagereel.recorder.WholeFile;

/** Notes, beside a part, of what is missing in it: the next attempt must report it, too. */
final class PartNotes {
  private PartNotes() {}

  /** Makes the part one that is done; it is there. */
  static void write(Path part, List<String> missing) {
    try {
      WholeFile.write(file(part), String.join("\n", missing));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the part is there, and what is missing in it is known. */
  static boolean isDone(Path part) {
    return Files.exists(part) && Files.exists(file(part));
  }

  /** The notes of a part that is done. */
  static List<String> read(Path part) {
    try {
      return Files.readString(file(part)).lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path part) {
    return part.resolveSibling(part.getFileName() + ".missing");
  }
}
