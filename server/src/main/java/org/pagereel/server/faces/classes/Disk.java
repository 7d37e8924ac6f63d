package org.pagereel.server.faces.classes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The disk of a folder.
 *
 * @param folder it, or where it will be
 * @param reserve bytes that stay free
 */
record Disk(Path folder, long reserve) {
  /**
   * Returns if there is room for so many bytes.
   *
   * @throws UploadFailure there is not
   */
  void check(long bytes) throws IOException {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    long room = Files.getFileStore(there).getUsableSpace() - reserve;
    if (bytes > room) {
      throw new UploadFailure(
          UploadFailure.Kind.NO_SPACE,
          "The disk is too full for an upload; there is room for "
              + Math.max(0, room)
              + " bytes, beside what recordings may need");
    }
  }
}
