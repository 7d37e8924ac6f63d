package org.pagereel.recorder.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.pagereel.recorder.child.Account;
import org.pagereel.recorder.child.Await;
import org.pagereel.recorder.child.Scratch;

/**
 * Stands before the programs by which a browser opens an address in another program, so that no
 * page starts one: Debian's {@code xdg-open} opened {@code mailto:} in a second browser.
 */
public final class NoPrograms {
  private static final List<String> NAMES =
      List.of("xdg-open", "xdg-email", "xdg-settings", "xdg-mime", "gio");

  private static final String CALLED = "called";

  private final Path folder;

  private NoPrograms(Path folder) {
    this.folder = folder;
  }

  /** A folder for the front of the browser's PATH. */
  public static NoPrograms make(Scratch scratch, Account account) {
    Path folder = scratch.privateFolder("programs", account);
    try {
      for (String name : NAMES) {
        Path program =
            Files.writeString(
                folder.resolve(name), "#!/bin/sh\n: > \"${0%/*}/" + CALLED + "\"\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      return new NoPrograms(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + folder, e);
    }
  }

  public Path folder() {
    return folder;
  }

  /**
   * Waits until the browser has asked for its first program (see {@link BrowserFlags}): no page's
   * wish for another one is shown from then on. It takes a moment, and longer on a busy machine.
   *
   * @return false if it has not asked within this time
   */
  public boolean awaitFirst(Duration within) {
    return Await.until(within, () -> Files.exists(folder.resolve(CALLED)));
  }
}
