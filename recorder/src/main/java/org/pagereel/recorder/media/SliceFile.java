package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_flush;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avformat.avio_tell;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVIOContext;

/** The file of the slice that is being written. */
final class SliceFile {
  final String name;
  final int number;
  final long startMicros;
  final long startedAtEpochMicros;
  private final AVIOContext out = new AVIOContext(null);

  SliceFile(Path folder, String name, int number, long startMicros, long startedAtEpochMicros) {
    this.name = name;
    this.number = number;
    this.startMicros = startMicros;
    this.startedAtEpochMicros = startedAtEpochMicros;
    Av.check(
        avio_open(out, folder.resolve(name).toString(), AVIO_FLAG_WRITE),
        "Cannot write the slice " + name);
  }

  AVIOContext out() {
    return out;
  }

  long bytes() {
    return avio_tell(out);
  }

  /** Hands what was written to the system, so that it survives the death of this process. */
  void flush() {
    avio_flush(out);
    Av.check(out.error(), "Cannot write the slice " + name);
  }

  void close() {
    avio_flush(out);
    Av.check(avio_closep(out), "Cannot write the slice " + name);
  }
}
