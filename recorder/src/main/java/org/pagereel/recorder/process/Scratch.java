package org.pagereel.recorder.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one temporary folder of a recording: profile, sockets, cookies, everything that must not
 * outlive it. Its label leads to it, so whoever cleans up after a crash finds it.
 */
public final class Scratch {
  /** The environment variable of a browser that says where it writes all of its data. */
  public static final String VARIABLE = "PAGEREEL_SCRATCH";

  private static final Duration DYING = Duration.ofSeconds(3);

  private final Path folder;

  /** Empty if the folder lies in another scratch folder, whose marker stands for both. */
  private final Optional<String> label;

  private Scratch(Path folder, Optional<String> label) {
    this.folder = folder;
    this.label = label;
  }

  /** The scratch folder of a label, whether it exists or not. */
  public static Scratch of(String label) {
    return new Scratch(ScratchRoot.ofThisAccount().place(label), Optional.of(label));
  }

  /** The folder that holds all scratch folders of this account, whether it exists or not. */
  public static Path root() {
    return ScratchRoot.ofThisAccount().folder();
  }

  /** The labels of all scratch folders of this account. */
  static List<String> labels() {
    return ScratchRoot.ofThisAccount().labels();
  }

  /** One that lies in this one. */
  public Scratch inside(String name) {
    return new Scratch(folder.resolve(name), Optional.empty());
  }

  public Path folder() {
    return folder;
  }

  /** Makes the folder; others may pass through it but not list it. */
  public Scratch create() {
    try {
      if (label.isPresent()) {
        ScratchRoot root = ScratchRoot.ofThisAccount();
        root.make();
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileAlreadyExistsException(folder.toString());
        }
        root.mark(label.get());
      }
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the temporary folder " + folder, e);
    }
  }

  /** A new folder inside, private to the account that the children run under. */
  public Path privateFolder(String name, Account account) {
    try {
      Path made = Files.createDirectory(folder.resolve(name));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
      return account.own(made);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make " + folder.resolve(name), e);
    }
  }

  /** A copy of the file, readable by the children. */
  public Path copy(Path original) {
    try {
      Path copy = Files.copy(original, folder.resolve(String.valueOf(original.getFileName())));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy " + original + " to " + folder, e);
    }
  }

  /** A new file with this text, readable by the children. */
  Path write(String name, String text) {
    try {
      Path file = Files.writeString(folder.resolve(name), text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + folder.resolve(name), e);
    }
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Removes the folder and all in it, if we made it. A dying browser may still write into its
   * profile meanwhile, so it is tried again and again for a while.
   */
  public void delete() {
    if (!isOurs()) {
      return;
    }
    if (!Await.until(DYING, this::isDeleted)) {
      throw new UncheckedIOException(
          new IOException("Cannot remove the temporary folder " + folder));
    }
    unmark();
  }

  /** Removes the folder if nothing is in it. */
  public void deleteIfEmpty() throws IOException {
    if (!isOurs()) {
      return;
    }
    try {
      Files.deleteIfExists(folder);
      unmark();
    } catch (DirectoryNotEmptyException e) {
      // Somebody still uses it.
    }
  }

  private boolean isOurs() {
    return label.map(ScratchRoot.ofThisAccount()::isMarked).orElse(true);
  }

  private void unmark() {
    try {
      if (label.isPresent()) {
        ScratchRoot.ofThisAccount().unmark(label.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the marker of " + folder, e);
    }
  }

  private boolean isDeleted() {
    try {
      Removal.of(folder);
      return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException | DirectoryIteratorException e) {
      return false; // something came or went while we looked
    }
  }
}
