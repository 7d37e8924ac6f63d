package org.pagereel.recorder.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * The folder that holds all scratch folders of this account, and the markers beside them.
 *
 * <p>The system's temporary folder is everybody's, so a name proves nothing there. A scratch folder
 * is ours only if its marker says so: a file that is written before the folder is made, removed
 * after it, and holds the label. A folder's name is a short hash of the label, because Chromium
 * makes a socket below it whose path may have 107 characters.
 */
final class ScratchRoot {
  private static final String MARKER = ".label";

  private final Path folder;

  private ScratchRoot(Path folder) {
    this.folder = folder;
  }

  static ScratchRoot ofThisAccount() {
    try {
      return new ScratchRoot(
          Path.of(System.getProperty("java.io.tmpdir"), ".pagereel-" + Uid.own()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot tell the account of this process", e);
    }
  }

  Path folder() {
    return folder;
  }

  /** The scratch folder of this label, whether it exists or not. */
  Path place(String label) {
    if (!Label.isValid(label)) {
      throw new IllegalArgumentException("'" + label + "' is no label");
    }
    return folder.resolve(name(label));
  }

  /** Makes the root if it is not there; others may pass through it but not list it. */
  void make() {
    try {
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        // Made by an earlier recording, or by somebody else: see below.
      }
      if (!isOurs()) {
        throw new RecordingFailure(
            FailureCategory.INTERNAL,
            folder + " is not a folder of this account; remove it, or set java.io.tmpdir");
      }
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the temporary folder " + folder, e);
    }
  }

  /** Says that the folder of this label will be ours; before it is made. */
  void mark(String label) throws IOException {
    Files.writeString(marker(label), label + "\n");
  }

  boolean isMarked(String label) {
    return isMarker(marker(label)) && label.equals(labelIn(marker(label)));
  }

  /** After the folder is removed. */
  void unmark(String label) throws IOException {
    if (isMarked(label)) {
      Files.deleteIfExists(marker(label));
    }
  }

  /** The labels of all folders that are marked. */
  List<String> labels() {
    List<String> labels = new ArrayList<>();
    try (DirectoryStream<Path> markers = Files.newDirectoryStream(folder, "*" + MARKER)) {
      if (!isOurs()) {
        return List.of();
      }
      for (Path marker : markers) {
        String label = isMarker(marker) ? labelIn(marker) : "";
        if (Label.isValid(label) && marker.equals(marker(label))) {
          labels.add(label);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for old temporary folders", e);
    }
    return labels;
  }

  private boolean isOurs() throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && Uid.of(folder) == Uid.own();
  }

  private Path marker(String label) {
    return folder.resolve(name(label) + MARKER);
  }

  private static boolean isMarker(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static String labelIn(Path marker) {
    try {
      return Files.size(marker) > 100 ? "" : Files.readString(marker).strip();
    } catch (IOException e) {
      return ""; // it went while we looked, or is no text
    }
  }

  private static String name(String label) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hash, 0, 5);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
