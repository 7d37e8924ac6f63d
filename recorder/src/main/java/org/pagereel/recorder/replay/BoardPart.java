package org.pagereel.recorder.replay;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.av.PacketFile;
import org.pagereel.recorder.av.ParameterSets;

/** One file under way: pictures as the page sends them. Appears under its name when complete. */
final class BoardPart {
  private static final int LARGEST_PICTURE = 50_000_000;

  private final int number;
  private final Path target;
  private final Path growing;
  private final int width;
  private final int height;
  private @Nullable PacketFile file;
  private long pictures;
  private long reachedMicros;
  private boolean closed;

  BoardPart(int number, Path target, int width, int height) {
    this.number = number;
    this.target = target;
    this.growing = target.resolveSibling("." + target.getFileName() + ".part");
    this.width = width;
    this.height = height;
  }

  int number() {
    return number;
  }

  /**
   * Takes pictures: of each the length of its data and 1 for a keyframe as 32-bit integers, its
   * time and duration in microseconds as 64-bit floats, and its data, H.264 as Annex B.
   */
  synchronized void take(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    while (true) {
      int length;
      try {
        length = data.readInt();
      } catch (EOFException e) {
        return;
      }
      boolean key = data.readInt() == 1;
      long at = Math.round(data.readDouble());
      long duration = Math.round(data.readDouble());
      if (length <= 0 || length > LARGEST_PICTURE) {
        throw new IOException("a picture of " + length + " bytes");
      }
      byte[] picture = new byte[length];
      data.readFully(picture);
      write(picture, key, at, duration);
    }
  }

  private void write(byte[] picture, boolean key, long at, long duration) throws IOException {
    if (closed) {
      throw new IOException("the file is closed");
    }
    PacketFile open = file;
    if (open == null) {
      byte[] sets = ParameterSets.of(picture);
      if (!key || sets.length == 0) {
        throw new IOException("the first picture is no keyframe");
      }
      Files.deleteIfExists(growing);
      open = new PacketFile(growing, new PacketFile.Pictures(width, height, sets), 0);
      file = open;
    }
    open.video(picture, key, at, duration);
    pictures++;
    reachedMicros = at;
  }

  synchronized long pictures() {
    return pictures;
  }

  /** The end of its pictures up to now, in milliseconds from its beginning. */
  synchronized long reachedMillis() {
    return reachedMicros / 1000;
  }

  synchronized void finish() throws IOException {
    closed = true;
    PacketFile open = file;
    if (open == null) {
      throw new IOException("the page gave no picture");
    }
    file = null;
    open.close();
    Files.move(
        growing, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Leaves nothing of it, unless it is finished. */
  synchronized void abandon() throws IOException {
    closed = true;
    PacketFile open = file;
    file = null;
    try {
      if (open != null) {
        open.close();
      }
    } finally {
      Files.deleteIfExists(growing);
    }
  }
}
