package org.pagereel.server.faces.classes;

import java.util.function.LongSupplier;

/**
 * The disk of the uploads.
 *
 * @param left the bytes that uploads may take now, beside what is promised to others
 */
record Disk(LongSupplier left) {
  /**
   * Returns if there is room for so many bytes.
   *
   * @throws UploadFailure there is not
   */
  void check(long bytes) {
    long room = left.getAsLong();
    if (bytes > room) {
      throw new UploadFailure(
          UploadFailure.Kind.NO_SPACE,
          "The disk is too full for an upload; there is room for "
              + Math.max(0, room)
              + " bytes, beside what recordings may need");
    }
  }
}
