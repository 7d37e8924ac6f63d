package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;

import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** Packets of slices into another container, untouched but for their time. */
final class Remux implements AutoCloseable {
  private final AVFormatContext output = new AVFormatContext(null);
  private final AVIOContext out = new AVIOContext(null);
  private final String step;
  private final @Nullable AVStream video;
  private final @Nullable AVStream sound;
  private final long[] lastDts = {Long.MIN_VALUE, Long.MIN_VALUE};
  private boolean open = true;

  /**
   * Opens the file with the streams of the model.
   *
   * @param format FFmpeg's name of the container
   * @param options of that container's muxer
   */
  Remux(Path target, String format, Map<String, String> options, MediaInput model) {
    step = "Writing " + target.getFileName();
    Av.check(avformat_alloc_output_context2(output, null, format, target.toString()), step);
    video = copy(model.video());
    sound = copy(model.sound());
    Av.check(avio_open(out, target.toString(), AVIO_FLAG_WRITE), step);
    output.pb(out);
    Av.check(avformat_write_header(output, Av.options(options)), step);
  }

  /** Writes a packet of the input, shifted by a number of microseconds. */
  void write(MediaInput from, AVPacket packet, long shiftMicros) {
    AVStream source = from.context().streams(packet.stream_index());
    boolean isVideo = from.video() != null && source.index() == from.video().index();
    AVStream target = isVideo ? video : sound;
    if (target == null) {
      return;
    }
    int ticks = source.time_base().den() / source.time_base().num();
    long shift = shiftMicros * ticks / 1_000_000;
    packet.pts(packet.pts() + shift);
    packet.dts(packet.dts() + shift);
    packet.pos(-1);
    packet.stream_index(target.index());
    av_packet_rescale_ts(packet, source.time_base(), target.time_base());
    if (packet.dts() <= lastDts[target.index()]) {
      return; // an attempt's sound begins a little before the last one's ended
    }
    lastDts[target.index()] = packet.dts();
    Av.check(av_interleaved_write_frame(output, packet), step);
  }

  /** Completes the file. */
  void finish() {
    Av.check(av_write_trailer(output), step);
    Av.check(out.error(), step);
    open = false;
    Av.check(avio_closep(out), step);
  }

  private @Nullable AVStream copy(@Nullable AVStream source) {
    if (source == null) {
      return null;
    }
    AVStream stream = Av.present(avformat_new_stream(output, null), step);
    Av.check(avcodec_parameters_copy(stream.codecpar(), source.codecpar()), step);
    stream.codecpar().codec_tag(0);
    stream.time_base(source.time_base());
    return stream;
  }

  @Override
  public void close() {
    if (open) {
      avio_closep(out);
    }
    output.pb(null);
    avformat_free_context(output);
  }
}
