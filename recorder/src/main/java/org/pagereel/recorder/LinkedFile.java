package org.pagereel.recorder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The same file under another name, too. */
public final class LinkedFile {
  private LinkedFile() {}

  /** Links it, or copies it where there are no links; does nothing where the target is there. */
  public static void make(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
    } catch (FileAlreadyExistsException e) {
      // Made before somebody died.
    } catch (NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      copy(source, target);
    }
  }

  /** Another file with the same content, which is there when it is whole. */
  public static void copy(Path source, Path target) throws IOException {
    Path growing = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.copy(source, growing, StandardCopyOption.REPLACE_EXISTING);
      Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(growing);
    }
  }
}
