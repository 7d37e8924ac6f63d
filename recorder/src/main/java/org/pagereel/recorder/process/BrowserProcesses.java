package org.pagereel.recorder.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of a recording's browser, by the id that the wrapper around it noted. */
public final class BrowserProcesses {
  private BrowserProcesses() {}

  /** The first one, which takes all others with it; empty before it is started. */
  public static Optional<ProcessHandle> main(Scratch scratch) {
    try {
      String pid = Files.readString(scratch.file("browser.pid"), StandardCharsets.US_ASCII);
      return ProcessHandle.of(Long.parseLong(pid.strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** All of the browser that writes into this folder; none before it is started. */
  public static Stream<ProcessHandle> of(Scratch scratch) {
    return main(scratch).stream().flatMap(main -> of(main));
  }

  /** Playwright's node, which this process has started and which leads to the browser. */
  public static Stream<ProcessHandle> driver() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().filter(file -> file.endsWith("/node")).isPresent());
  }

  /** It and all below it; none when it has ended, as its number may be somebody else's by now. */
  public static Stream<ProcessHandle> of(ProcessHandle main) {
    return main.isAlive() ? Stream.concat(Stream.of(main), main.descendants()) : Stream.empty();
  }
}
