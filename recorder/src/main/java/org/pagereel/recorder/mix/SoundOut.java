package org.pagereel.recorder.mix;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.pagereel.recorder.media.Av;

/** Stereo at 48 kHz and 128 kbit/s as AAC or MP3; time stamps in samples. */
final class SoundOut implements AutoCloseable {
  static final int RATE = 48_000;
  static final int CHANNELS = 2;
  private static final int BITS_PER_SECOND = 128_000;
  private static final String STEP = "Encoding the sound";

  private final AVCodecContext context;
  private final AVFrame frame = Native.present(av_frame_alloc(), STEP);
  private final AVPacket packet = Native.present(av_packet_alloc(), STEP);
  private final int frameSamples;
  private int filled;
  private long samples;

  private SoundOut(String encoder, Map<String, String> options) {
    var codec = Native.present(avcodec_find_encoder_by_name(encoder), "Looking for " + encoder);
    context = Native.present(avcodec_alloc_context3(codec), STEP);
    context.sample_rate(RATE);
    context.sample_fmt(AV_SAMPLE_FMT_FLTP);
    av_channel_layout_default(context.ch_layout(), CHANNELS);
    context.bit_rate(BITS_PER_SECOND);
    context.time_base(new AVRational().num(1).den(RATE));
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    Av.check(avcodec_open2(context, codec, Native.options(options)), "Opening " + encoder);
    frameSamples = context.frame_size();
    frame.nb_samples(frameSamples);
    frame.format(AV_SAMPLE_FMT_FLTP);
    frame.sample_rate(RATE);
    av_channel_layout_default(frame.ch_layout(), CHANNELS);
    Av.check(av_frame_get_buffer(frame, 0), STEP);
  }

  static SoundOut aac() {
    // The fast coder makes a loud tone in both channels 2.6 dB softer if it may join them. The
    // coder of a recording (twoloop) rings where many voices begin at once: sixteen decoded to 1.2.
    return new SoundOut("aac", Map.of("aac_coder", "fast", "aac_ms", "0"));
  }

  static SoundOut mp3() {
    return new SoundOut("libmp3lame", Map.of());
  }

  AVCodecContext context() {
    return context;
  }

  /** Adds the first {@code count} samples of a block, one array a channel. */
  void add(float[][] block, int count, Consumer<AVPacket> sink) {
    for (int taken = 0; taken < count; ) {
      if (filled == 0) {
        // The encoder may still hold the last frame's buffer.
        Av.check(av_frame_make_writable(frame), STEP);
      }
      int piece = Math.min(count - taken, frameSamples - filled);
      for (int channel = 0; channel < CHANNELS; channel++) {
        MemorySegment plane =
            MemorySegment.ofAddress(frame.data(channel).address())
                .reinterpret((long) frameSamples * Float.BYTES);
        MemorySegment.copy(
            block[channel],
            taken,
            plane,
            ValueLayout.JAVA_FLOAT,
            (long) filled * Float.BYTES,
            piece);
      }
      taken += piece;
      filled += piece;
      if (filled == frameSamples) {
        encode(sink);
      }
    }
  }

  /** Lets everything out; the last frame is a short one. */
  void drain(Consumer<AVPacket> sink) {
    if (filled > 0) {
      encode(sink);
    }
    Av.check(avcodec_send_frame(context, null), STEP);
    Native.receive(context, packet, STEP, sink);
  }

  private void encode(Consumer<AVPacket> sink) {
    frame.nb_samples(filled);
    frame.pts(samples);
    samples += filled;
    filled = 0;
    Av.check(avcodec_send_frame(context, frame), STEP);
    frame.nb_samples(frameSamples);
    Native.receive(context, packet, STEP, sink);
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(context);
  }
}
