package org.pagereel.recorder.mix;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.media.Av;

/**
 * A media file being made; it appears under its name when it is complete, and goes when it is
 * closed before. Packets may come from several threads.
 */
final class GrowingFile implements AutoCloseable {
  private final AVFormatContext output = new AVFormatContext(null);
  private final AVIOContext out = new AVIOContext(null);
  private final Path target;
  private final Path growing;
  private final String step;
  private boolean open;
  private boolean complete;

  private GrowingFile(Path target, String format) {
    Av.quiet();
    this.target = target;
    growing = target.resolveSibling("." + target.getFileName() + ".part");
    step = "Writing " + target.getFileName();
    Av.check(avformat_alloc_output_context2(output, null, format, growing.toString()), step);
  }

  static GrowingFile mp4(Path target) {
    return new GrowingFile(target, "mp4");
  }

  static GrowingFile mp3(Path target) {
    return new GrowingFile(target, "mp3");
  }

  /** Adds a stream that an encoder makes. */
  AVStream add(AVCodecContext encoder) {
    AVStream stream = Native.present(avformat_new_stream(output, null), step);
    Av.check(avcodec_parameters_from_context(stream.codecpar(), encoder), step);
    stream.time_base(encoder.time_base());
    return stream;
  }

  /** Adds a stream whose packets are copied. */
  AVStream add(AVStream source) {
    AVStream stream = Native.present(avformat_new_stream(output, null), step);
    Av.check(avcodec_parameters_copy(stream.codecpar(), source.codecpar()), step);
    stream.codecpar().codec_tag(0);
    stream.sample_aspect_ratio(source.sample_aspect_ratio());
    stream.time_base(source.time_base());
    return stream;
  }

  /** Opens the file; all streams must have been added. */
  void begin() {
    Av.check(avio_open(out, growing.toString(), AVIO_FLAG_WRITE), step);
    open = true;
    output.pb(out);
    String format = output.oformat().name().getString();
    var options =
        format.equals("mp4") ? Map.of("movflags", "+faststart") : Map.<String, String>of();
    Av.check(avformat_write_header(output, Native.options(options)), step);
  }

  /** Writes a packet whose times are in this unit; it is used up. */
  synchronized void write(AVPacket packet, AVRational timeBase, AVStream stream) {
    packet.stream_index(stream.index());
    packet.pos(-1);
    av_packet_rescale_ts(packet, timeBase, stream.time_base());
    Av.check(av_interleaved_write_frame(output, packet), step);
  }

  /** Completes the file and gives it its name; how large it is, in bytes. */
  synchronized long finish() {
    Av.check(av_write_trailer(output), step);
    Av.check(out.error(), step);
    open = false;
    Av.check(avio_closep(out), step);
    try {
      Files.move(
          growing, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      complete = true;
      return Files.size(target);
    } catch (IOException e) {
      throw new RecordingFailure(FailureCategory.CAPACITY, step + ": " + e, e);
    }
  }

  @Override
  public void close() {
    if (open) {
      avio_closep(out);
    }
    output.pb(null);
    avformat_free_context(output);
    if (!complete) {
      try {
        Files.deleteIfExists(growing);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
