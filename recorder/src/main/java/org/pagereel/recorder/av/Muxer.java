package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;
import static org.bytedeco.ffmpeg.global.avutil.av_strdup;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;

/**
 * Puts packets of one or more streams into a container: into one file, or into one after the other.
 * Not thread-safe.
 */
public final class Muxer implements AutoCloseable {
  private final AVFormatContext output = new AVFormatContext(null);
  private final Packet written = new Packet();
  private String step;

  /**
   * Prepares it.
   *
   * @param container FFmpeg's name of it
   */
  public Muxer(String container) {
    step = "Preparing " + container;
    Av.check(avformat_alloc_output_context2(output, null, container, (String) null), step);
  }

  /** Adds a stream whose packets have the unit of its format. */
  MuxedStream add(StreamFormat format) {
    return add(format, format.timeBase());
  }

  /**
   * Adds a stream.
   *
   * @param unit of the times of its packets
   */
  public MuxedStream add(StreamFormat format, TimeBase unit) {
    AVStream stream = Av.present(avformat_new_stream(output, null), step);
    format.describe(stream);
    return new MuxedStream(this, stream, unit);
  }

  /** From now on all is written into this file; its owner closes it. */
  public void into(OutputFile file) {
    step = file.step();
    output.pb(file.raw());
    // An MP4 is read again by this name when its index is moved to the front.
    av_free(output.url());
    try (BytePointer name = new BytePointer(file.path().toString())) {
      output.url(av_strdup(name));
    }
  }

  /**
   * Writes the header; all streams must have been added.
   *
   * @param options of this container's muxer
   */
  public void begin(Map<String, String> options) {
    Av.check(avformat_write_header(output, Av.options(options)), step);
  }

  /** Changes an option while it writes. */
  public void option(String name, String value) {
    Av.check(av_opt_set(output.priv_data(), name, value, 0), step);
  }

  /** Writes what the muxer itself holds back. */
  public void flush() {
    Av.check(av_write_frame(output, null), step);
  }

  /** Writes the end of the file. */
  public void end() {
    Av.check(av_write_trailer(output), step);
  }

  AVFormatContext raw() {
    return output;
  }

  /** A packet with the same content, which may be changed; until {@link #check}. */
  AVPacket share(Packet packet) {
    written.share(packet);
    return written.raw();
  }

  /** The result of writing it. */
  void check(int result) {
    written.clear();
    Av.check(result, step);
  }

  @Override
  public void close() {
    if (!output.isNull()) {
      output.pb(null);
      avformat_free_context(output);
      output.setNull();
      written.close();
    }
  }
}
