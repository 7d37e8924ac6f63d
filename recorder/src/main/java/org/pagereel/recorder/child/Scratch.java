package org.pagereel.recorder.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one temporary folder of a recording: profile, sockets, cookies, everything that must not
 * outlive it. Its name carries the recording's id, so whoever cleans up after a crash finds it.
 */
public record Scratch(Path folder) {
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

  /** Removes the folder and all in it; a file that vanishes meanwhile is no error. */
  public void delete() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(Scratch::deleteOne);
    } catch (IOException | UncheckedIOException e) {
      // A dying browser may still write into its profile while we list it: the next round gets it.
      if (Files.exists(folder)) {
        retryDelete();
      }
    }
  }

  private void retryDelete() {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(Scratch::deleteOne);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the temporary folder " + folder, e);
    } // an UncheckedIOException of deleteOne says as much
  }

  private static void deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
