package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
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

import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.pagereel.recorder.PageSize;

/**
 * x264 with the settings that cost least at a given quality on pages (docs/BENCHMARKS.md). Time
 * stamps in frames. One picture is kept and drawn over: x264 copies what it needs.
 */
public final class VideoEncoder implements AutoCloseable {
  private static final int LOOKAHEAD_FRAMES = 5;

  /**
   * The number of later frames that a live encoder must have seen before it lets go of one: what it
   * looks ahead, and one more to know how long the frame lasts.
   */
  public static final int DELAY_FRAMES = LOOKAHEAD_FRAMES + 1;

  private static final String STEP = "Encoding the picture";
  private static final String CHEAP =
      "bframes=0:scenecut=0:keyint=infinite:mbtree=1:weightp=0:aq-mode=0:rc-lookahead="
          + LOOKAHEAD_FRAMES;

  private final AVCodecContext context;
  private final PictureBuffer buffer;
  private final Packet packet = new Packet();

  private VideoEncoder(
      int width,
      int height,
      int fps,
      Map<String, String> options,
      Consumer<AVCodecContext> settings) {
    var codec = Av.present(avcodec_find_encoder_by_name("libx264"), "Looking for libx264");
    context = Av.present(avcodec_alloc_context3(codec), "Preparing the video encoder");
    context.width(width);
    context.height(height);
    context.pix_fmt(AV_PIX_FMT_YUV420P);
    context.time_base(new AVRational().num(1).den(fps));
    context.framerate(new AVRational().num(fps).den(1));
    context.color_primaries(AVCOL_PRI_BT709);
    context.color_trc(AVCOL_TRC_BT709);
    context.colorspace(AVCOL_SPC_BT709);
    context.color_range(AVCOL_RANGE_MPEG);
    settings.accept(context);
    Av.check(avcodec_open2(context, codec, Av.options(options)), "Opening libx264");
    buffer = new PictureBuffer(width, height);
  }

  /** For a recording: on the thread that encodes, each keyframe with its headers. */
  public static VideoEncoder live(PageSize size, int fps, int bitrateKbps) {
    return new VideoEncoder(
        size.width(),
        size.height(),
        fps,
        x264(CHEAP + ":sync-lookahead=0"),
        context -> {
          rate(context, bitrateKbps);
          context.thread_count(1);
        });
  }

  /**
   * For a file: with threads of its own. It copies a picture when it is given one and works on it
   * while the next is made.
   */
  public static VideoEncoder file(int width, int height, int fps, int bitrateKbps, int threads) {
    return new VideoEncoder(
        width,
        height,
        fps,
        x264(CHEAP),
        context -> {
          rate(context, bitrateKbps);
          context.thread_count(threads);
          headersInFile(context);
        });
  }

  /** For a copy without loss. */
  static VideoEncoder lossless(PageSize size, int fps) {
    return new VideoEncoder(
        size.width(),
        size.height(),
        fps,
        Map.of("preset", "ultrafast", "qp", "0", "tune", "zerolatency"),
        VideoEncoder::headersInFile);
  }

  private static Map<String, String> x264(String parameters) {
    return Map.of("preset", "superfast", "forced-idr", "1", "x264-params", parameters);
  }

  private static void rate(AVCodecContext context, int kbps) {
    context.bit_rate(kbps * 1000L);
    context.rc_max_rate(kbps * 1000L);
    context.rc_buffer_size(kbps * 1000);
  }

  private static void headersInFile(AVCodecContext context) {
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
  }

  public StreamFormat format() {
    return StreamFormat.of(context);
  }

  /** The picture that is encoded next; draw changes into it. */
  public Yuv picture() {
    return buffer.picture();
  }

  /**
   * Encodes the picture as it is now as frame {@code number}; packets that come out are lent to the
   * sink.
   */
  public void encode(long number, boolean keyframe, Consumer<Packet> sink) {
    encode(buffer, number, keyframe, sink);
  }

  /** Encodes another encoder's picture. */
  void encode(VideoEncoder other, long number, Consumer<Packet> sink) {
    encode(other.buffer, number, false, sink);
  }

  private void encode(PictureBuffer from, long number, boolean keyframe, Consumer<Packet> sink) {
    AVFrame frame = from.raw();
    frame.pts(number);
    frame.duration(1);
    frame.pict_type(keyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    Av.check(avcodec_send_frame(context, frame), STEP);
    Packets.receive(context, packet, STEP, sink);
  }

  /** Lets out every frame still inside; nothing can be encoded afterwards. */
  public void drain(Consumer<Packet> sink) {
    Av.check(avcodec_send_frame(context, null), STEP);
    Packets.receive(context, packet, STEP, sink);
  }

  @Override
  public void close() {
    packet.close();
    buffer.close();
    avcodec_free_context(context);
  }
}
