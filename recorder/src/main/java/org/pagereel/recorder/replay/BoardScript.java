package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The board's messages, given out in pieces of whole lines, so that nobody needs to hold them all.
 */
record BoardScript(Path file) {
  private static final int PIECE = 512 * 1024;

  /** A line of this length or more is cut, and then nobody's. */
  private static final int LONGEST_LINE = 64 * 1024 * 1024;

  /** Lines from this byte on, which must be a line's first; empty at the end. */
  byte[] piece(long from) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int size = PIECE; ; size *= 4) {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
          read = channel.read(buffer, from + buffer.position());
        }
        int length = buffer.position();
        byte[] bytes = buffer.array();
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
          end--;
        }
        boolean isLast = length < size;
        if (isLast || end > 0 || size >= LONGEST_LINE) {
          return Arrays.copyOf(bytes, isLast || end == 0 ? length : end);
        }
      }
    }
  }
}
