package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;

import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.pagereel.recorder.PageSize;

/** The encoder's input, frame for frame without loss: the yardstick for its quality. */
final class LosslessCopy implements AutoCloseable {
  private static final String STEP = "Writing the lossless copy";

  private final AVCodecContext encoder;
  private final AVFormatContext output = new AVFormatContext(null);
  private final AVIOContext out = new AVIOContext(null);
  private final AVPacket packet = Av.present(av_packet_alloc(), STEP);
  private final AVStream stream;

  LosslessCopy(Path file, PageSize size, int fps, int pixelFormat) {
    var codec = Av.present(avcodec_find_encoder_by_name("libx264"), STEP);
    encoder = Av.present(avcodec_alloc_context3(codec), STEP);
    encoder.width(size.width());
    encoder.height(size.height());
    encoder.pix_fmt(pixelFormat);
    encoder.time_base(new AVRational().num(1).den(fps));
    VideoEncoder.tagColours(encoder);
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    var options = Av.options(Map.of("preset", "ultrafast", "qp", "0", "tune", "zerolatency"));
    Av.check(avcodec_open2(encoder, codec, options), STEP);
    Av.check(avformat_alloc_output_context2(output, null, "matroska", (String) null), STEP);
    stream = Av.present(avformat_new_stream(output, null), STEP);
    Av.check(avcodec_parameters_from_context(stream.codecpar(), encoder), STEP);
    Av.check(avio_open(out, file.toString(), AVIO_FLAG_WRITE), STEP);
    output.pb(out);
    Av.check(avformat_write_header(output, (AVDictionary) null), STEP);
  }

  /** Adds the picture as frame {@code number}. */
  void add(AVFrame frame, long number) {
    frame.pts(number);
    Av.check(avcodec_send_frame(encoder, frame), STEP);
    while (avcodec_receive_packet(encoder, packet) >= 0) {
      packet.stream_index(0);
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      Av.check(av_write_frame(output, packet), STEP);
    }
  }

  @Override
  public void close() {
    Av.check(av_write_trailer(output), STEP);
    avio_closep(out);
    output.pb(null);
    avformat_free_context(output);
    avcodec_free_context(encoder);
    av_packet_free(packet);
  }
}
