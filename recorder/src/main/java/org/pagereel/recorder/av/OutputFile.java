package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_flush;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avformat.avio_tell;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVIOContext;

/** A file into which a {@link Muxer} writes. */
public final class OutputFile implements AutoCloseable {
  private final AVIOContext out = new AVIOContext(null);
  private final Path path;
  private final String step;
  private boolean open;

  /** Creates it, or empties the one that is there. */
  public OutputFile(Path path) {
    this(path, path);
  }

  /**
   * Creates it.
   *
   * @param known the name under which people know it
   */
  OutputFile(Path path, Path known) {
    this.path = path;
    step = "Writing " + known.getFileName();
    Av.check(avio_open(out, path.toString(), AVIO_FLAG_WRITE), step);
    open = true;
  }

  AVIOContext raw() {
    return out;
  }

  Path path() {
    return path;
  }

  String step() {
    return step;
  }

  public long bytes() {
    return avio_tell(out);
  }

  /** Hands what was written to the system, so that it survives the death of this process. */
  public void flush() {
    avio_flush(out);
    Av.check(out.error(), step);
  }

  /** Closes it, and fails unless all was written. */
  public void finish() {
    flush();
    open = false;
    Av.check(avio_closep(out), step);
  }

  /** Closes it as it is. */
  @Override
  public void close() {
    if (open) {
      open = false;
      avio_closep(out);
    }
  }
}
