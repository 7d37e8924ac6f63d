package org.pagereel.server.faces.classes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/** The body of an upload on its way to the disk, never whole in memory. */
final class UploadBody {
  private static final int PIECE = 256 * 1024;

  /** The number of pieces after which the disk is looked at again. */
  private static final int LOOK_EVERY = 64;

  /** One that trickles in, byte by byte, is not waited for. */
  private static final Duration LONGEST = Duration.ofHours(6);

  /** So long what is refused is read all the same: a client that still sends hears nothing. */
  private static final Duration DRAINED_FOR = Duration.ofSeconds(5);

  private final InputStream body;
  private final long largest;

  /**
   * A body.
   *
   * @param largest the most bytes
   */
  UploadBody(InputStream body, long largest) {
    this.body = body;
    this.largest = largest;
  }

  /**
   * Copies it.
   *
   * @return bytes
   * @throws IOException it cannot be written
   * @throws UploadFailure empty, too large, broken off, or the disk is full
   */
  long copy(WritableByteChannel file, Disk disk) throws IOException {
    byte[] piece = new byte[PIECE];
    long begun = System.nanoTime();
    long size = 0;
    long pieces = 0;
    for (int count = read(piece, size); count >= 0; count = read(piece, size)) {
      size += count;
      if (size > largest) {
        throw tooLarge(size + " bytes and more", largest);
      }
      if (++pieces % LOOK_EVERY == 0) {
        disk.check(0);
      }
      if (System.nanoTime() - begun > LONGEST.toNanos()) {
        throw new UploadFailure(
            UploadFailure.Kind.BROKEN_OFF,
            "The upload took longer than " + LONGEST.toHours() + " h");
      }
      ByteBuffer rest = ByteBuffer.wrap(piece, 0, count);
      while (rest.hasRemaining()) {
        file.write(rest);
      }
    }
    if (size == 0) {
      throw new UploadFailure(
          UploadFailure.Kind.EMPTY, "body is empty; allowed: the bytes of a video");
    }
    return size;
  }

  private int read(byte[] piece, long size) {
    try {
      return body.read(piece);
    } catch (IOException e) {
      throw new UploadFailure(
          UploadFailure.Kind.BROKEN_OFF, "The upload broke off after " + size + " bytes");
    }
  }

  static UploadFailure tooLarge(String size, long largest) {
    return new UploadFailure(
        UploadFailure.Kind.TOO_LARGE,
        "body has " + size + "; allowed: at most " + largest + " bytes (the app's setting upload)");
  }

  /** Reads what still comes, for a moment. */
  static void drain(InputStream body) {
    byte[] piece = new byte[PIECE];
    long begun = System.nanoTime();
    try {
      int count = body.read(piece);
      while (count >= 0 && System.nanoTime() - begun < DRAINED_FOR.toNanos()) {
        count = body.read(piece);
      }
    } catch (IOException e) {
      // Nobody is there to be told anything.
    }
  }
}
