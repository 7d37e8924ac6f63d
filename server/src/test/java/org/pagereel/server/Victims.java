package org.pagereel.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pagereel.recorder.process.Leftovers;

/** The processes of a recorder, to be killed by name. */
public final class Victims {
  private Victims() {}

  /** Kills the first process of this attempt whose command line has the word. */
  public static void kill(String label, String word) {
    // Chromium writes its title over its environment, so it is found through its ancestors.
    List<ProcessHandle> all =
        Leftovers.processes(label).stream()
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .toList();
    all.stream()
        .filter(process -> commandLine(process.pid()).contains(word))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + word + " of " + label + " among " + all))
        .destroyForcibly();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }
}
