package org.pagereel.recorder.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.process.Account;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.Program;
import org.pagereel.recorder.process.Scratch;

/**
 * Stands before the programs by which a browser opens an address in another program, so that no
 * page starts one: Debian's {@code xdg-open} opened {@code mailto:} in a second browser.
 */
public final class NoPrograms {
  private static final String FIRST = "mailto:nobody";

  private static final List<String> NAMES =
      List.of("xdg-open", "xdg-email", "xdg-settings", "xdg-mime", "gio");

  private static final String CALLED = "called";

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  /** Does nothing, and leaves a sign when it is asked for the first page's address. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      case "$*" in *%s*) : > "${0%%/*}/%s" ;; esac
      exit 1
      """
          .formatted(FIRST, CALLED);

  private final Path folder;
  private final boolean works;

  private NoPrograms(Path folder, boolean works) {
    this.folder = folder;
    this.works = works;
  }

  /** A folder for the front of the browser's PATH. */
  public static NoPrograms make(Scratch scratch, Account account) {
    Path folder = scratch.privateFolder("programs", account);
    try {
      for (String name : NAMES) {
        Path program = Files.writeString(folder.resolve(name), SCRIPT);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      return new NoPrograms(folder, runs(folder.resolve(NAMES.getFirst()), account));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + folder, e);
    }
  }

  public Path folder() {
    return folder;
  }

  /**
   * The page that is shown until the recorded one is opened. It asks for a program of the machine.
   * Chromium asks for one only once, until somebody clicks, and nobody does. Whatever leads to a
   * program later, a frame or a redirect, is refused, and no question is shown on the page. For
   * this address, and no other, Chromium asks nobody whether it may call the program; which is one
   * of ours. If those cannot be run (a temporary folder without {@code exec}), it asks for nothing.
   */
  String firstPage() {
    return works ? "data:text/html,<iframe src=" + FIRST + ">" : "data:text/html,";
  }

  /**
   * Waits until the browser has asked for its first program. It takes a moment, and longer on a
   * busy machine.
   *
   * @return false if it has not asked within this time: a question may be shown on the page
   */
  public boolean awaitFirst(Duration within) {
    return works && Await.until(within, () -> Files.exists(folder.resolve(CALLED)));
  }

  /**
   * Tries one as the browser's account, which owns it. If it did not run, the browser would go on
   * to the machine's own program.
   */
  private static boolean runs(Path program, Account account) {
    List<String> command = new ArrayList<>(account.prefix("KILL", null));
    command.add(program.toString());
    try {
      return Program.run(new ProcessBuilder(command), ANSWERS_WITHIN) == 1;
    } catch (IOException e) {
      return false;
    }
  }
}
