package org.pagereel.server.service;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/** The folder with all data of a server; only one process may use it at a time. */
public final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates it if it is not there. A new one belongs to this account alone: certificates, tokens
   * and recordings are nobody else's business. Who may enter a folder that was there before is its
   * owner's choice.
   */
  public static void make(Path path) throws IOException {
    if (Files.notExists(path)) {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /**
   * Opens or creates it.
   *
   * @throws RecordingFailure another server uses it, or it cannot be written
   */
  static DataFolder open(Path path) {
    try {
      make(path);
      FileChannel lock =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        lock.close();
        throw new RecordingFailure(
            FailureCategory.USER, "Another server is using the data folder " + path);
      }
      return new DataFolder(path, lock);
    } catch (IOException | OverlappingFileLockException e) {
      throw new RecordingFailure(
          FailureCategory.USER, "Cannot use the data folder " + path + ": " + e, e);
    }
  }

  Path path() {
    return path;
  }

  /** A secret of this folder, made at the first call; also what its processes are labelled with. */
  String secret(String name, int bytes) {
    Path file = path.resolve(name);
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new RecordingFailure(FailureCategory.USER, "Cannot use " + file + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The process ends anyway, and the lock with it.
    }
  }
}
