package org.pagereel.recorder.process;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The last line with text of a log, for an error message. */
final class LastLine {
  private LastLine() {}

  static Optional<String> of(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.reversed().stream().map(String::strip).filter(l -> !l.isEmpty()).findFirst();
    } catch (MalformedInputException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("no log (" + e.getMessage() + ")");
    }
  }
}
