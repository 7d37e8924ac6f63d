package org.pagereel.recorder.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/** One helper process of a recording, started under the recording's account and label. */
public final class Child {
  private final String name;
  private final Process process;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts the process; its standard error goes to a log in the scratch folder.
   *
   * @param name for messages and the log
   * @param deathSignal its signal when this JVM dies: TERM if it has files to clean up
   */
  public static Child start(
      String name,
      List<String> command,
      String deathSignal,
      Account account,
      Scratch scratch,
      Map<String, String> environment) {
    List<String> words = new ArrayList<>(account.prefix(deathSignal));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    builder.redirectError(scratch.file(name + ".log").toFile());
    try {
      return new Child(name, builder.start());
    } catch (IOException e) {
      throw new RecordingFailure(
          FailureCategory.INTERNAL,
          "Cannot start " + name + ": " + e.getMessage() + ". Run ./pagereel doctor.",
          e);
    }
  }

  public Process process() {
    return process;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The failure to throw when the child did not come up, with the last line it wrote. */
  public RecordingFailure failure(String expected, Scratch scratch) {
    Path log = scratch.file(name + ".log");
    return new RecordingFailure(
        FailureCategory.INTERNAL,
        name
            + " "
            + expected
            + (process.isAlive() ? "" : " (it ended with code " + process.exitValue() + ")")
            + LastLine.of(log).map(line -> ": " + line).orElse("")
            + ". Run ./pagereel doctor.");
  }

  /** TERM, then KILL after the deadline. */
  public void stop(Duration deadline) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  public void kill() {
    process.destroyForcibly();
  }
}
