package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
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
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.pagereel.recorder.SoundPath;
import org.pagereel.recorder.SoundProfile;

/** Sound at 48 kHz as AAC or MP3. Takes stereo samples; its clock is their count. */
public final class SoundEncoder implements AutoCloseable {
  public static final int RATE = SoundPath.RATE;

  /** Of the samples that it takes. */
  public static final int CHANNELS = SoundPath.CHANNELS;

  /** The unit of its packets' times: one sample. */
  public static final TimeBase TIME_BASE = new TimeBase(1, RATE);

  private static final String STEP = "Encoding the sound";

  /** The average rate of speech of quality 1, in kbit/s a channel; other sound may take more. */
  private static final double KBPS_OF_QUALITY_1 = 128;

  /** Of a file that is made of others. */
  private static final long FILE_BITS_PER_SECOND = 128_000;

  private final AVCodecContext context;
  private final AVFrame frame = Av.present(av_frame_alloc(), STEP);
  private final Packet packet = new Packet();
  private final int frameSamples;
  private final int channels;
  private int filled;
  private long samples;

  /** Writes samples {@code [from, from + count)} of one channel into the room for them. */
  private interface Source {
    void write(int channel, int from, int count, MemorySegment room);
  }

  private SoundEncoder(
      String encoder,
      int channels,
      Map<String, String> options,
      Consumer<AVCodecContext> settings) {
    this.channels = channels;
    var codec = Av.present(avcodec_find_encoder_by_name(encoder), "Looking for " + encoder);
    context = Av.present(avcodec_alloc_context3(codec), STEP);
    context.sample_rate(RATE);
    context.sample_fmt(AV_SAMPLE_FMT_FLTP);
    av_channel_layout_default(context.ch_layout(), channels);
    context.time_base(TIME_BASE.rational());
    settings.accept(context);
    Av.check(avcodec_open2(context, codec, Av.options(options)), "Opening " + encoder);
    frameSamples = context.frame_size();
    frame.nb_samples(frameSamples);
    frame.format(AV_SAMPLE_FMT_FLTP);
    frame.sample_rate(RATE);
    av_channel_layout_default(frame.ch_layout(), channels);
    Av.check(av_frame_get_buffer(frame, 0), STEP);
  }

  /**
   * AAC for a recording. Held to a rate, FFmpeg's careful coder spoils a frame of a steady tone now
   * and then: half as loud again and out of phase, which is heard as a click. Its fast one makes
   * loud tones up to 2.5 dB softer, and so does joining channels. Held to a quality, the careful
   * one does neither (docs/BENCHMARKS.md).
   */
  public static SoundEncoder live(SoundProfile profile) {
    double quality = profile.kbps() / (profile.channels() * KBPS_OF_QUALITY_1);
    return new SoundEncoder(
        "aac",
        profile.channels(),
        Map.of("aac_coder", "twoloop", "aac_ms", "0"),
        context -> {
          context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
          context.global_quality((int) Math.round(quality * FF_QP2LAMBDA));
        });
  }

  /**
   * AAC for a file that is made of others. The fast coder makes a loud tone in both channels 2.6 dB
   * softer if it may join them. The coder of a recording rings where many voices begin at once:
   * sixteen decoded to 1.2.
   */
  public static SoundEncoder aac() {
    return file("aac", Map.of("aac_coder", "fast", "aac_ms", "0"));
  }

  /** MP3 for a file that is made of another one. */
  public static SoundEncoder mp3() {
    return file("libmp3lame", Map.of());
  }

  private static SoundEncoder file(String encoder, Map<String, String> options) {
    return new SoundEncoder(
        encoder,
        CHANNELS,
        options,
        context -> {
          context.bit_rate(FILE_BITS_PER_SECOND);
          context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        });
  }

  public StreamFormat format() {
    return StreamFormat.of(context);
  }

  /**
   * The number of samples (per channel) that it has taken: the next one's place on the timeline.
   */
  public long samples() {
    return samples;
  }

  /** Adds interleaved stereo samples {@code [from, to)} from -1 to 1, counted in pairs. */
  public void add(FloatBuffer stereo, int from, int to, Consumer<Packet> sink) {
    add(
        to - from,
        (channel, first, count, room) -> {
          for (int i = 0; i < count; i++) {
            int pair = CHANNELS * (from + first + i);
            float sample =
                channels == CHANNELS
                    ? stereo.get(pair + channel)
                    : (stereo.get(pair) + stereo.get(pair + 1)) / 2;
            room.setAtIndex(ValueLayout.JAVA_FLOAT, i, sample);
          }
        },
        sink);
  }

  /** Adds the first {@code count} samples of a block, one array a channel. */
  public void add(float[][] block, int count, Consumer<Packet> sink) {
    add(
        count,
        (channel, from, some, room) ->
            MemorySegment.copy(block[channel], from, room, ValueLayout.JAVA_FLOAT, 0, some),
        sink);
  }

  /** Adds silence; nothing if the count is not positive. */
  public void silence(long count, Consumer<Packet> sink) {
    add(count, (channel, from, some, room) -> room.fill((byte) 0), sink);
  }

  private void add(long count, Source source, Consumer<Packet> sink) {
    for (long taken = 0; taken < count; ) {
      if (filled == 0) {
        // The encoder may still hold the last frame's buffer.
        Av.check(av_frame_make_writable(frame), STEP);
      }
      int piece = (int) Math.min(count - taken, frameSamples - filled);
      for (int channel = 0; channel < channels; channel++) {
        source.write(channel, (int) taken, piece, room(channel, piece));
      }
      taken += piece;
      filled += piece;
      samples += piece;
      if (filled == frameSamples) {
        encode(sink);
      }
    }
  }

  /** Lets everything out; the last frame is a short one. */
  public void drain(Consumer<Packet> sink) {
    if (filled > 0) {
      encode(sink);
    }
    Av.check(avcodec_send_frame(context, null), STEP);
    Packets.receive(context, packet, STEP, sink);
  }

  private MemorySegment room(int channel, int count) {
    long bytes = (long) frameSamples * Float.BYTES;
    return MemorySegment.ofAddress(frame.data(channel).address())
        .reinterpret(bytes)
        .asSlice((long) filled * Float.BYTES, (long) count * Float.BYTES);
  }

  private void encode(Consumer<Packet> sink) {
    frame.nb_samples(filled);
    frame.pts(samples - filled);
    filled = 0;
    Av.check(avcodec_send_frame(context, frame), STEP);
    frame.nb_samples(frameSamples);
    Packets.receive(context, packet, STEP, sink);
  }

  @Override
  public void close() {
    packet.close();
    av_frame_free(frame);
    avcodec_free_context(context);
  }
}
