package org.pagereel.server.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.WholeFile;
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
    Path mark = path.resolve(MARK);
    String fresh = HexFormat.of().formatHex(new SecureRandom().generateSeed(8));
    String proposed = Files.exists(mark) ? read(mark) : fresh;
    String known = database.jdbi().inTransaction(handle -> Secrets.of(handle, MARK, proposed));
    if (known.equals(fresh)) {
      WholeFile.write(mark, fresh + "\n");
    }
    // A node that starts at the same moment may be about to write it.
    if (!Await.until(SOON, () -> Files.exists(mark)) || !read(mark).equals(known)) {
      throw new RecordingFailure(
          FailureCategory.USER,
          "The nodes of this database share a folder of files, and "
              + path.toAbsolutePath()
              + " is another one: files in the settings names the shared one");
    }
  }

  private static String read(Path mark) throws IOException {
    return Files.readString(mark).strip();
  }

  Path recordings() {
    return path.resolve("recordings");
  }

  Path uploads() {
    return path.resolve("uploads");
  }
}
