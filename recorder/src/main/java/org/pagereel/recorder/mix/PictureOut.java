package org.pagereel.recorder.mix;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
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
import org.pagereel.recorder.media.Av;

/**
 * x264 as in a recording ({@code media.VideoEncoder}), with threads of its own: it copies a picture
 * when it is given one and works on it while the next is made. Time stamps in ticks.
 */
final class PictureOut implements AutoCloseable {
  private static final String STEP = "Encoding the mixed picture";
  private static final int SECONDS_BETWEEN_KEYFRAMES = 5;

  private final AVCodecContext context;
  private final AVFrame frame = Native.present(av_frame_alloc(), STEP);
  private final AVPacket packet = Native.present(av_packet_alloc(), STEP);
  private final int ticksBetweenKeyframes;
  private long nextKeyframe;

  PictureOut(int width, int height, int fps, int bitrateKbps, int threads) {
    ticksBetweenKeyframes = fps * SECONDS_BETWEEN_KEYFRAMES;
    var codec = Native.present(avcodec_find_encoder_by_name("libx264"), "Looking for libx264");
    context = Native.present(avcodec_alloc_context3(codec), STEP);
    context.width(width);
    context.height(height);
    context.pix_fmt(AV_PIX_FMT_YUV420P);
    context.time_base(new AVRational().num(1).den(fps));
    context.framerate(new AVRational().num(fps).den(1));
    context.color_primaries(AVCOL_PRI_BT709);
    context.color_trc(AVCOL_TRC_BT709);
    context.colorspace(AVCOL_SPC_BT709);
    context.color_range(AVCOL_RANGE_MPEG);
    context.bit_rate(bitrateKbps * 1000L);
    context.rc_max_rate(bitrateKbps * 1000L);
    context.rc_buffer_size(bitrateKbps * 1000);
    context.thread_count(threads);
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    var options =
        Native.options(
            Map.of(
                "preset", "superfast",
                "forced-idr", "1",
                "x264-params",
                    "bframes=0:scenecut=0:keyint=infinite:mbtree=1:weightp=0:aq-mode=0:rc-lookahead=5"));
    Av.check(avcodec_open2(context, codec, options), "Opening libx264");
    frame.width(width);
    frame.height(height);
    frame.format(AV_PIX_FMT_YUV420P);
    Av.check(av_frame_get_buffer(frame, 64), STEP);
  }

  AVCodecContext context() {
    return context;
  }

  /** The picture that is encoded next; draw changes into it. */
  Yuv canvas() {
    return Yuv.of(frame);
  }

  /** Encodes the canvas as it is now; packets that come out are lent to the sink. */
  void encode(long tick, Consumer<AVPacket> sink) {
    boolean keyframe = tick >= nextKeyframe;
    if (keyframe) {
      nextKeyframe = tick + ticksBetweenKeyframes;
    }
    frame.pts(tick);
    frame.duration(1);
    frame.pict_type(keyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    Av.check(avcodec_send_frame(context, frame), STEP);
    Native.receive(context, packet, STEP, sink);
  }

  void drain(Consumer<AVPacket> sink) {
    Av.check(avcodec_send_frame(context, null), STEP);
    Native.receive(context, packet, STEP, sink);
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(context);
  }
}
