package org.pagereel.server.faces.classes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.LinkedFile;
import org.pagereel.server.core.files.Transfers;
import org.pagereel.server.platform.store.Tidy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of classes that were uploaded, each named by an id that is made up here. A file lives as
 * long as its row in the store, which goes with the messages of its group; the next round of
 * tidying deletes it, unless somebody uses it.
 */
public final class Uploads implements Tidy {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
  private static final String PART = ".part";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private final Path folder;
  private final Jdbi jdbi;
  private final Disk disk;
  private final Transfers uses = new Transfers();
  private final SecureRandom random = new SecureRandom();

  /**
   * Uploads in this folder, which is made when it is needed.
   *
   * @param left the bytes that uploads may take now
   */
  public Uploads(Path folder, Jdbi jdbi, LongSupplier left) {
    this.folder = folder;
    this.jdbi = jdbi;
    this.disk = new Disk(left);
  }

  /** The file of an upload that is still kept. */
  public Optional<Path> path(String id) {
    return jdbi.withHandle(handle -> ClassTables.groupOfUpload(handle, id))
        .map(group -> folder.resolve(id))
        .filter(Files::isRegularFile);
  }

  /**
   * Puts the file of an upload into another folder as well, without a second copy of its bytes
   * where that can be.
   *
   * @param group only if it was uploaded for this group
   * @param target replaced if it is there
   * @return false if there is no such file
   */
  boolean link(String id, long group, Path target) throws IOException {
    uses.begin(id);
    try {
      boolean isTheGroups =
          jdbi.withHandle(handle -> ClassTables.groupOfUpload(handle, id))
              .filter(number -> number == group)
              .isPresent();
      if (!isTheGroups || !Files.isRegularFile(folder.resolve(id))) {
        return false;
      }
      Files.deleteIfExists(target);
      LinkedFile.make(folder.resolve(id), target);
      return true;
    } finally {
      uses.end(id);
    }
  }

  /** A file that has come as a whole. */
  record Received(String id, long bytes) {}

  /**
   * Takes a file from a client.
   *
   * @param announced its size as the client says; negative if it does not
   * @param largest more bytes are refused
   * @param taken enters it into the store; the file stays only if the upload is there afterwards
   * @return what that returns
   * @throws UploadFailure names what is wrong
   */
  <T> T take(InputStream body, long announced, long largest, Function<Received, T> taken) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    Path part = folder.resolve(id + PART);
    uses.begin(id);
    try {
      disk.check(Math.max(0, announced));
      Files.createDirectories(folder);
      long size = receive(body, part, largest);
      Files.move(part, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
      return taken.apply(new Received(id, size));
    } catch (IOException e) {
      LOG.warn("An upload could not be written", e);
      throw new UploadFailure(
          UploadFailure.Kind.NO_SPACE, "The upload cannot be stored here: " + e.getMessage());
    } finally {
      discard(id, part);
      uses.end(id);
    }
  }

  private long receive(InputStream body, Path part, long largest) throws IOException {
    try (FileChannel file =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = new UploadBody(body, largest).copy(file, disk);
      file.force(true);
      return size;
    }
  }

  /** Deletes what did not become an upload. */
  private void discard(String id, Path part) {
    try {
      Files.deleteIfExists(part);
      if (path(id).isEmpty()) {
        Files.deleteIfExists(folder.resolve(id));
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot delete {}; the next round does", part, e);
    }
  }

  /** Deletes the files that no row knows: their time is over, or a crash left them. */
  @Override
  public void clean(Jdbi ignored, Instant now) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        String id = name.endsWith(PART) ? name.substring(0, name.length() - PART.length()) : name;
        if (ID.matcher(id).matches()) { // nothing that somebody else has put here
          var _ = uses.whenNone(id, () -> deleteUnknown(file, name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteUnknown(Path file, String name) {
    try {
      // A part has no row of its name.
      if (jdbi.withHandle(handle -> ClassTables.groupOfUpload(handle, name)).isEmpty()) {
        Files.deleteIfExists(file);
        LOG.info("Deleted the upload {}, which belongs to no class", name);
      }
    } catch (IOException e) {
      LOG.warn("Cannot delete {}", file, e);
    }
  }
}
