package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.pagereel.recorder.SoundPath;
import org.pagereel.recorder.SoundProfile;

/** AAC at 48 kHz. Takes stereo samples; its clock is their count. */
final class SoundEncoder implements AutoCloseable {
  static final int RATE = SoundPath.RATE;
  static final AVRational TIME_BASE = new AVRational().num(1).den(RATE);

  /**
   * Held to a rate, FFmpeg's careful coder spoils a frame of a steady tone now and then: half as
   * loud again and out of phase, which is heard as a click. Its fast one makes loud tones up to 2.5
   * dB softer, and so does joining channels. Held to a quality, the careful one does neither
   * (docs/BENCHMARKS.md).
   */
  private static final Map<String, String> OPTIONS = Map.of("aac_coder", "twoloop", "aac_ms", "0");

  /** The average rate of speech of quality 1, in kbit/s a channel; other sound may take more. */
  private static final double KBPS_OF_QUALITY_1 = 128;

  private final AVCodecContext context;
  private final AVFrame frame = Av.present(av_frame_alloc(), "Preparing the sound encoder");
  private final AVPacket packet = Av.present(av_packet_alloc(), "Preparing the sound encoder");
  private final int frameSamples;
  private final boolean mono;
  private MemorySegment left = MemorySegment.NULL;
  private MemorySegment right = MemorySegment.NULL;
  private int filled;
  private long samples;

  SoundEncoder(SoundProfile profile) {
    mono = profile.channels() == 1;
    var codec = Av.present(avcodec_find_encoder(AV_CODEC_ID_AAC), "Looking for the AAC encoder");
    context = Av.present(avcodec_alloc_context3(codec), "Preparing the sound encoder");
    context.sample_rate(RATE);
    context.sample_fmt(AV_SAMPLE_FMT_FLTP);
    av_channel_layout_default(context.ch_layout(), profile.channels());
    context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
    context.global_quality((int) Math.round(quality(profile) * FF_QP2LAMBDA));
    context.time_base(TIME_BASE);
    Av.check(avcodec_open2(context, codec, Av.options(OPTIONS)), "Opening the AAC encoder");
    frameSamples = context.frame_size();
    frame.nb_samples(frameSamples);
    frame.format(AV_SAMPLE_FMT_FLTP);
    frame.sample_rate(RATE);
    av_channel_layout_default(frame.ch_layout(), profile.channels());
    Av.check(av_frame_get_buffer(frame, 0), "Preparing the sound encoder");
  }

  private static double quality(SoundProfile profile) {
    return profile.kbps() / (profile.channels() * KBPS_OF_QUALITY_1);
  }

  AVCodecContext context() {
    return context;
  }

  /**
   * The number of samples (per channel) that it has taken: the next one's place on the timeline.
   */
  long samples() {
    return samples;
  }

  /** Adds interleaved stereo samples {@code [from, to)} from -1 to 1, counted in pairs. */
  void add(FloatBuffer samples, int from, int to, Consumer<AVPacket> sink) {
    for (int i = from; i < to; i++) {
      add(samples.get(2 * i), samples.get(2 * i + 1), sink);
    }
  }

  /** Adds silence; nothing if the count is not positive. */
  void silence(long count, Consumer<AVPacket> sink) {
    for (long i = 0; i < count; i++) {
      add(0, 0, sink);
    }
  }

  private void add(float leftSample, float rightSample, Consumer<AVPacket> sink) {
    if (filled == 0) {
      // The encoder may still hold the last frame's buffer.
      Av.check(av_frame_make_writable(frame), "Encoding the sound");
      left = plane(0);
      right = mono ? left : plane(1);
    }
    if (mono) {
      left.setAtIndex(ValueLayout.JAVA_FLOAT, filled, (leftSample + rightSample) / 2);
    } else {
      left.setAtIndex(ValueLayout.JAVA_FLOAT, filled, leftSample);
      right.setAtIndex(ValueLayout.JAVA_FLOAT, filled, rightSample);
    }
    filled++;
    samples++;
    if (filled == frameSamples) {
      encode(sink);
    }
  }

  /** Fills up the last frame with silence and lets everything out. */
  void drain(Consumer<AVPacket> sink) {
    long end = samples;
    while (filled > 0) {
      add(0, 0, sink);
    }
    samples = end;
    Av.check(avcodec_send_frame(context, null), "Finishing the sound");
    Packets.receive(context, packet, "Encoding the sound", sink);
  }

  private MemorySegment plane(int channel) {
    return MemorySegment.ofAddress(frame.data(channel).address())
        .reinterpret((long) frameSamples * Float.BYTES);
  }

  private void encode(Consumer<AVPacket> sink) {
    frame.pts(samples - filled);
    filled = 0;
    Av.check(avcodec_send_frame(context, frame), "Encoding the sound");
    Packets.receive(context, packet, "Encoding the sound", sink);
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(context);
  }
}
