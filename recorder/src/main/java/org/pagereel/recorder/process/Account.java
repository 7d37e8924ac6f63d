package org.pagereel.recorder.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account that screen, sound and browser run under: our own, or, when we are root, the
 * unprivileged {@code pagereel}; Chromium's sandbox refuses root.
 */
public final class Account {
  private static final String NAME = "pagereel";
  private final boolean root;

  private Account(boolean root) {
    this.root = root;
  }

  public static Account ofThisProcess() {
    return new Account("root".equals(System.getProperty("user.name")));
  }

  /**
   * The words before a command that make it run under this account and die with its parent.
   *
   * <p>The kernel ties the signal to the <em>thread</em> that starts the child, so only a thread
   * that lives as long as the process may start it; and it forgets the signal when the user
   * changes, so one {@code setpriv} does both, in the right order.
   */
  public List<String> prefix(String signalWhenParentDies) {
    return prefix(signalWhenParentDies, null);
  }

  /**
   * The same in another group, by which a firewall knows the command. The account's own groups stay
   * beside it.
   *
   * @param group its number; null for the account's own
   */
  public List<String> prefix(String signalWhenParentDies, @Nullable String group) {
    return root
        ? List.of(
            "setpriv",
            "--reuid=" + NAME,
            "--regid=" + (group == null ? NAME : group),
            "--init-groups",
            "--pdeathsig=" + signalWhenParentDies,
            "--")
        : List.of("setpriv", "--pdeathsig=" + signalWhenParentDies, "--");
  }

  /** Whether a file is the account's; of a link, not of what it points to. */
  boolean owns(Path path) throws IOException {
    return root
        ? Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(principal(path))
        : Uid.of(path) == Uid.own();
  }

  /** Makes the account the owner of a file or folder that a child writes to. */
  public Path own(Path path) {
    if (!root) {
      return path;
    }
    try {
      return Files.setOwner(path, principal(path));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "No account '" + NAME + "': run ./pagereel doctor to see how to make it", e);
    }
  }

  private static UserPrincipal principal(Path path) throws IOException {
    return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME);
  }
}
