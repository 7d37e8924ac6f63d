package org.pagereel.recorder.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one temporary folder of a recording: profile, sockets, cookies, everything that must not
 * outlive it. Its name carries the recording's id, so whoever cleans up after a crash finds it.
 */
public record Scratch(Path folder) {
  private static final Duration DYING = Duration.ofSeconds(3);

  /** Where the scratch folder of a recording lies, whether it exists or not. */
  public static Scratch of(String recordingId) {
    return new Scratch(
        Path.of(System.getProperty("java.io.tmpdir")).resolve("pagereel-" + recordingId));
  }

  /** The labels of all scratch folders that begin like this. */
  static List<String> labels(String prefix) {
    String start = "pagereel-" + prefix;
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(start))
          .map(name -> name.substring("pagereel-".length()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for old temporary folders", e);
    }
  }

  /** Makes the folder; others may pass through it but not list it. */
  public Scratch create() {
    try {
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the temporary folder " + folder, e);
    }
  }

  /** Whether the folder belongs to the account of this process. */
  boolean isOurs() {
    try {
      return Files.getOwner(folder).getName().equals(System.getProperty("user.name"));
    } catch (IOException e) {
      return false; // it went while we looked
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

  public Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Removes the folder and all in it. A dying browser may still write into its profile meanwhile,
   * so it is tried again and again for a while.
   */
  public void delete() {
    if (!Await.until(DYING, this::isDeleted)) {
      throw new UncheckedIOException(
          new IOException("Cannot remove the temporary folder " + folder));
    }
  }

  private boolean isDeleted() {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(Scratch::deleteOne);
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false; // something came or went while we looked
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
