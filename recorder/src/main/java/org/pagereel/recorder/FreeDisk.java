package org.pagereel.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The free bytes of a disk. Nobody knows them if it does not answer: that is no full disk. */
public final class FreeDisk {
  private FreeDisk() {}

  /** Of the disk of this folder, or of the nearest one above it that exists; a lot if unknown. */
  public static long bytes(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
