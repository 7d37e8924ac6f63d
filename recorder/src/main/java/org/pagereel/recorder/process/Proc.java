package org.pagereel.recorder.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The system's data of processes, which may end while they are read. */
final class Proc {
  private Proc() {}

  /** None of a process that has ended: its number may be somebody else's by now. */
  static Stream<Integer> threads(ProcessHandle process) {
    if (!process.isAlive()) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.list(Path.of("/proc", process.pid() + "", "task"))) {
      return all.map(task -> Integer.parseInt(task.getFileName().toString())).toList().stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty(); // it ended meanwhile
    }
  }

  /** A process's command line: words with a 0 or a space behind each; empty if it has ended. */
  static String commandLine(long pid) {
    return read(Path.of("/proc", pid + "", "cmdline"));
  }

  /** The text of a file below {@code /proc}; empty if it is gone or not ours to see. */
  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
