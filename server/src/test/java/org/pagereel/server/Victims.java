package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.process.Program;

/** The processes of a recorder, to be killed by name. */
public final class Victims {
  private Victims() {}

  /** Kills the first process of this attempt whose command line has the word. */
  public static void kill(String label, String word) {
    find(label, word).destroyForcibly();
  }

  /** Lets it stand still (SIGSTOP). */
  public static void stop(String label, String word) {
    signal("STOP", find(label, word));
  }

  /** Lets one go on that stands still. */
  public static void goOn(String label, String word) {
    signal("CONT", find(label, word));
  }

  private static ProcessHandle find(String label, String word) {
    // Chromium writes its title over its environment, so it is found through its ancestors.
    List<ProcessHandle> all =
        Leftovers.processes(label).stream()
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .toList();
    return all.stream()
        .filter(process -> commandLine(process.pid()).contains(word))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + word + " of " + label + " among " + all));
  }

  /** Sends it a signal, such as {@code STOP}. */
  public static void signal(String name, ProcessHandle process) {
    assertThat(reaches(name, process)).as("kill -" + name).isTrue();
  }

  /** Sends it a signal, if it has not ended. */
  public static boolean reaches(String name, ProcessHandle process) {
    return Program.succeeds(Duration.ofSeconds(10), "kill", "-" + name, process.pid() + "");
  }

  /** The end of its command line's first word, and its kind if it is a browser's. */
  public static String name(ProcessHandle process) {
    String line = commandLine(process.pid());
    String program = line.split(" ", 2)[0];
    int type = line.indexOf("--type=");
    return program.substring(program.lastIndexOf('/') + 1)
        + (type < 0 ? "" : " " + line.substring(type).split(" ", 2)[0]);
  }

  /** Whether its command line has the word. */
  public static boolean runs(ProcessHandle process, String word) {
    return commandLine(process.pid()).contains(word);
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
