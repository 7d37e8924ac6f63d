package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.tools.cli.Pagereel;

/** Runs the command line as a person does: a process of its own, its output, its exit code. */
public final class Cli {
  /** What a run printed (both streams) and how it ended. */
  record Result(int code, String output) {}

  private final Process process;
  private final Path log;

  private Cli(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  public static Cli start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(List.of(), folder, environment, arguments);
  }

  /**
   * The same by another program.
   *
   * @param prefix it and its first words; it is to execute the others
   */
  public static Cli start(
      List<String> prefix, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    Path log = Files.createTempFile(folder, "cli", ".log");
    // Whoever runs the tests in a script's background ignores SIGINT, and so would this.
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of("env", "--default-signal=INT"));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the launcher does.
    words.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.add("-Dpagereel.home=" + System.getProperty("pagereel.home"));
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(Pagereel.class.getName());
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    return new Cli(builder.start(), log);
  }

  public Process process() {
    return process;
  }

  public String output() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** Fails unless it writes this in time. */
  public void awaitOutput(String text, Duration within) throws IOException {
    boolean came =
        Await.until(
            within,
            () -> {
              try {
                return output().contains(text);
              } catch (IOException e) {
                return false;
              }
            });
    assertThat(came).as(output()).isTrue();
  }

  Result await(Duration deadline) throws Exception {
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + deadline + ": " + output());
    }
    return new Result(process.exitValue(), output());
  }
}
