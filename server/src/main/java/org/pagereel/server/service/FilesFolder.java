package org.pagereel.server.service;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.Secrets;

/** The folder of what is recorded, made and uploaded. All nodes of a database use the same one. */
record FilesFolder(Path path) {
  /** Says which folder it is, wherever it is mounted. */
  private static final String MARK = "files.id";

  private static final Duration SOON = Duration.ofSeconds(2);

  /**
   * Opens or creates it.
   *
   * @throws RecordingFailure it cannot be written, or the other nodes have another one
   */
  static FilesFolder open(Path path, Database database) {
    try {
      DataFolder.make(path);
      if (database.isShared()) {
        requireShared(path, database);
      }
      return new FilesFolder(path);
    } catch (IOException e) {
      throw new RecordingFailure(
          FailureCategory.USER, "Cannot use the folder " + path + " (files): " + e, e);
    }
  }

  private static void requireShared(Path path, Database database) throws IOException {
    String mark = marked(path.resolve(MARK)); // before it is known: a crash leaves it to the next
    String known = database.jdbi().inTransaction(handle -> Secrets.of(handle, MARK, mark));
    if (!known.equals(mark)) {
      throw new RecordingFailure(
          FailureCategory.USER,
          "The nodes of this database share a folder of files, and "
              + path.toAbsolutePath()
              + " is another one: files in the settings names the shared one");
    }
  }

  /** What the mark says; of nodes that start at the same moment one writes it. */
  private static String marked(Path mark) throws IOException {
    String fresh = HexFormat.of().formatHex(new SecureRandom().generateSeed(8));
    try {
      Files.writeString(mark, fresh + "\n", StandardOpenOption.CREATE_NEW);
      return fresh;
    } catch (FileAlreadyExistsException e) {
      if (!Await.until(SOON, () -> isWritten(mark))) {
        throw new IOException("its mark is empty: remove " + mark, e);
      }
      return Files.readString(mark).strip();
    }
  }

  private static boolean isWritten(Path mark) {
    try {
      return Files.size(mark) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  Path recordings() {
    return path.resolve("recordings");
  }

  Path uploads() {
    return path.resolve("uploads");
  }
}
