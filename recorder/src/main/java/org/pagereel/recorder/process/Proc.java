package org.pagereel.recorder.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The system's data of processes, which may end while they are read. */
final class Proc {
  private Proc() {}

  /** The text of a file below {@code /proc}; empty if it is gone or not ours to see. */
  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
