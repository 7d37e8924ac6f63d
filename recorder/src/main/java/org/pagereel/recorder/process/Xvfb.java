package org.pagereel.recorder.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingFailure;

/** This recording's screen: a virtual X display of exactly the page's size and frame rate. */
public final class Xvfb {
  private static final Duration START_DEADLINE = Duration.ofSeconds(10);

  private final Child child;
  private final Account account;
  private final Scratch scratch;
  private final Map<String, String> environment;
  private final CompletableFuture<String> displayNumber;

  private Xvfb(Child child, Account account, Scratch scratch, Map<String, String> environment) {
    this.child = child;
    this.account = account;
    this.scratch = scratch;
    this.environment = environment;
    this.displayNumber = CompletableFuture.supplyAsync(this::readDisplayNumber);
  }

  /** Starts the server; {@link #awaitDisplay} tells when it can be used. */
  public static Xvfb start(
      PageSize size, Path authority, Account account, Scratch scratch, Map<String, String> env) {
    List<String> command =
        List.of(
            "Xvfb",
            "-displayfd",
            "1",
            "-screen",
            "0",
            size + "x24",
            "-auth",
            authority.toString(),
            "-nolisten",
            "tcp",
            "-nocursor",
            "-noreset");
    Child child = Child.start("xvfb", command, "TERM", account, scratch, env);
    return new Xvfb(child, account, scratch, env);
  }

  public Child child() {
    return child;
  }

  /** The display, such as {@code :3}. */
  public String awaitDisplay() {
    try {
      String number = displayNumber.get(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (!number.isEmpty()) {
        return ":" + number;
      }
      throw child.failure("opened no display", scratch);
    } catch (TimeoutException | ExecutionException e) {
      throw child.failure("opened no display within " + START_DEADLINE.toSeconds() + " s", scratch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecordingFailure(FailureCategory.INTERNAL, "interrupted while waiting for Xvfb", e);
    }
  }

  /**
   * Gives the screen this size, at most the one it was started with, and the recording's frame rate
   * as its refresh rate.
   *
   * <p>Chromium paints at the rate of the screen, 60 Hz if it names none. Painting more often than
   * is recorded costs as much again and shows in no frame.
   */
  public void setMode(String display, PageSize size, int fps) {
    // xrandr silently ignores a mode without blanking, so it has a little.
    int fullWidth = size.width() + 24;
    int fullHeight = size.height() + 6;
    String timing =
        // xrandr reads numbers with a point, whatever the locale of this machine.
        String.format(
            Locale.ROOT,
            "%.6f %d %d %d %d %d %d %d %d",
            (double) fullWidth * fullHeight * fps / 1e6,
            size.width(),
            size.width() + 8,
            size.width() + 16,
            fullWidth,
            size.height(),
            size.height() + 2,
            size.height() + 4,
            fullHeight);
    // Each step needs the result of the one before, which one xrandr call does not see.
    List<String> command =
        List.of(
            "sh",
            "-c",
            "xrandr --newmode %1$s %2$s && xrandr --addmode screen %1$s && xrandr --output screen --mode %1$s"
                .formatted(size + "@" + fps, timing));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("DISPLAY", display);
    builder.redirectOutput(scratch.file("xrandr.log").toFile());
    try {
      if (Program.run(builder, START_DEADLINE) != 0) {
        throw new IOException(LastLine.of(scratch.file("xrandr.log")).orElse("xrandr failed"));
      }
    } catch (IOException e) {
      throw new RecordingFailure(
          FailureCategory.INTERNAL,
          "Cannot set the screen to " + fps + " Hz: " + e.getMessage() + ". Run ./pagereel doctor.",
          e);
    }
  }

  /** Removes what servers leave that were killed; this one is given a moment to be gone. */
  public void removeSocket() throws InterruptedException {
    child.process().waitFor(500, TimeUnit.MILLISECONDS);
    DeadDisplays.remove(account);
  }

  private String readDisplayNumber() {
    // Left open on purpose: Xvfb writes one line and keeps the pipe.
    BufferedReader out = child.process().inputReader(StandardCharsets.US_ASCII);
    try {
      String line = out.readLine();
      String number = line == null ? "" : line.strip();
      if (!number.isEmpty()) {
        // For whoever looks in from outside: the benchmark, a person.
        Files.writeString(scratch.file("display"), ":" + number);
      }
      return number;
    } catch (IOException e) {
      return "";
    }
  }
}
