package org.pagereel.recorder.av;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * A media file being made; it appears under its name when it is complete, and goes when it is
 * closed before. Packets may come from several threads.
 */
public final class GrowingFile implements AutoCloseable {
  private final Muxer muxer;
  private final Map<String, String> options;
  private final Path target;
  private final Path growing;
  private @Nullable OutputFile out;
  private boolean complete;

  private GrowingFile(Path target, String container, Map<String, String> options) {
    this.target = target;
    this.options = options;
    growing = target.resolveSibling("." + target.getFileName() + ".part");
    muxer = new Muxer(container);
  }

  /** An MP4 with its index first. */
  public static GrowingFile mp4(Path target) {
    return new GrowingFile(target, "mp4", Map.of("movflags", "+faststart"));
  }

  public static GrowingFile mp3(Path target) {
    return new GrowingFile(target, "mp3", Map.of());
  }

  /** MPEG-TS with the very times that the packets have. */
  public static GrowingFile mpegTs(Path target) {
    return new GrowingFile(target, "mpegts", Map.of("mpegts_copyts", "1"));
  }

  /** One of its streams. */
  public final class Stream {
    private final MuxedStream stream;

    private Stream(StreamFormat format) {
      stream = muxer.add(format);
    }

    /** Writes a packet whose times are in the unit of its format. */
    public void write(Packet packet) {
      write(packet, 0);
    }

    /** Writes a packet with this number of microseconds added to its times. */
    public void write(Packet packet, long shiftMicros) {
      synchronized (GrowingFile.this) {
        stream.interleave(packet, shiftMicros);
      }
    }
  }

  /** Adds a stream. */
  public Stream add(StreamFormat format) {
    return new Stream(format);
  }

  /** Opens the file; all streams must have been added. */
  public void begin() {
    OutputFile opened = new OutputFile(growing, target);
    out = opened;
    muxer.into(opened);
    muxer.begin(options);
  }

  /** Completes the file and gives it its name; how large it is, in bytes. */
  public synchronized long finish() {
    muxer.end();
    if (out != null) {
      out.finish();
    }
    try {
      Files.move(
          growing, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      complete = true;
      return Files.size(target);
    } catch (IOException e) {
      throw new RecordingFailure(
          FailureCategory.CAPACITY, "Writing " + target.getFileName() + ": " + e, e);
    }
  }

  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
    muxer.close();
    if (!complete) {
      try {
        Files.deleteIfExists(growing);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
