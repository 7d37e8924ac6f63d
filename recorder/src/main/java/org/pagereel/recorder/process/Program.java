package org.pagereel.recorder.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the system that is run to its end, which must come in time. */
public final class Program {
  private Program() {}

  /**
   * Runs it and returns its exit code. Its input is empty.
   *
   * @throws IOException it cannot be started, or has not ended in time; then it is killed
   */
  public static int run(ProcessBuilder builder, Duration deadline) throws IOException {
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new IOException(
          "%s has not ended within %d s"
              .formatted(builder.command().getFirst(), deadline.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether it ended in time with code 0; what it writes is dropped. */
  public static boolean succeeds(Duration deadline, String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return run(builder, deadline) == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
