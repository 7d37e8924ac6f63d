package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.pagereel.recorder.PageSize;

/**
 * x264 with the settings that cost least at a given quality on pages (docs/BENCHMARKS.md). Time
 * stamps in frames. One picture is kept and drawn over: x264 copies what it needs.
 */
final class VideoEncoder implements AutoCloseable {
  private static final int LOOKAHEAD_FRAMES = 5;

  /**
   * So many later frames the encoder must have seen before it lets go of one: what it looks ahead,
   * and one more to know how long the frame lasts.
   */
  static final int DELAY_FRAMES = LOOKAHEAD_FRAMES + 1;

  private final AVCodecContext context;
  private final AVFrame frame = Av.present(av_frame_alloc(), "Preparing the video encoder");
  private final AVPacket packet = Av.present(av_packet_alloc(), "Preparing the video encoder");

  VideoEncoder(PageSize size, int fps, int bitrateKbps) {
    var codec = Av.present(avcodec_find_encoder_by_name("libx264"), "Looking for libx264");
    context = Av.present(avcodec_alloc_context3(codec), "Preparing the video encoder");
    context.width(size.width());
    context.height(size.height());
    context.pix_fmt(AV_PIX_FMT_YUV420P);
    context.time_base(new AVRational().num(1).den(fps));
    context.framerate(new AVRational().num(fps).den(1));
    tagColours(context);
    context.bit_rate(bitrateKbps * 1000L);
    context.rc_max_rate(bitrateKbps * 1000L);
    context.rc_buffer_size(bitrateKbps * 1000);
    context.thread_count(1);
    var options =
        Av.options(
            Map.of(
                "preset", "superfast",
                "forced-idr", "1",
                "x264-params",
                    "bframes=0:scenecut=0:keyint=infinite:mbtree=1:weightp=0:aq-mode=0:sync-lookahead=0:rc-lookahead="
                        + LOOKAHEAD_FRAMES));
    Av.check(avcodec_open2(context, codec, options), "Opening libx264");
    frame.width(size.width());
    frame.height(size.height());
    frame.format(AV_PIX_FMT_YUV420P);
    Av.check(av_frame_get_buffer(frame, 64), "Preparing the video encoder");
  }

  /** Says in the stream how {@link PictureConverter} made its colours. */
  static void tagColours(AVCodecContext codec) {
    codec.color_primaries(AVCOL_PRI_BT709);
    codec.color_trc(AVCOL_TRC_BT709);
    codec.colorspace(AVCOL_SPC_BT709);
    codec.color_range(AVCOL_RANGE_MPEG);
  }

  AVCodecContext context() {
    return context;
  }

  /** The picture that is encoded next; draw changes into it. */
  AVFrame frame() {
    return frame;
  }

  /**
   * Encodes the picture as it is now as frame {@code number}; packets that come out are lent to the
   * sink.
   */
  void encode(long number, boolean keyframe, Consumer<AVPacket> sink) {
    frame.pts(number);
    frame.pict_type(keyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    Av.check(avcodec_send_frame(context, frame), "Encoding the picture");
    Packets.receive(context, packet, "Encoding the picture", sink);
  }

  /** Lets out every frame still inside; nothing can be encoded afterwards. */
  void drain(Consumer<AVPacket> sink) {
    Av.check(avcodec_send_frame(context, null), "Finishing the video");
    Packets.receive(context, packet, "Encoding the picture", sink);
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(context);
  }
}
