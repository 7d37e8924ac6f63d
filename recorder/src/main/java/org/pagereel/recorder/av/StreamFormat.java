package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;

/**
 * What a stream's packets are: codec, size or rate, headers, unit of time. Can be used as long as
 * the encoder or file that it is from is open.
 */
public final class StreamFormat {
  private static final String STEP = "Describing a stream";
  private static final int OPUS_RATE = 48_000;

  private final int number;
  private final TimeBase timeBase;
  private final int width;
  private final int height;
  private final Consumer<AVStream> description;

  private StreamFormat(
      int number, TimeBase timeBase, int width, int height, Consumer<AVStream> description) {
    this.number = number;
    this.timeBase = timeBase;
    this.width = width;
    this.height = height;
    this.description = description;
  }

  /** What an encoder makes. */
  static StreamFormat of(AVCodecContext encoder) {
    return new StreamFormat(
        0,
        TimeBase.of(encoder.time_base()),
        encoder.width(),
        encoder.height(),
        stream -> Av.check(avcodec_parameters_from_context(stream.codecpar(), encoder), STEP));
  }

  /** What a file holds. */
  static StreamFormat of(AVStream source) {
    return new StreamFormat(
        source.index(),
        TimeBase.of(source.time_base()),
        source.codecpar().width(),
        source.codecpar().height(),
        stream -> {
          Av.check(avcodec_parameters_copy(stream.codecpar(), source.codecpar()), STEP);
          stream.codecpar().codec_tag(0); // a container has tags of its own
          stream.sample_aspect_ratio(source.sample_aspect_ratio());
        });
  }

  /**
   * H.264 that was encoded elsewhere, as Annex B; times in microseconds.
   *
   * @param parameterSets SPS and PPS with their start codes
   */
  static StreamFormat h264(int width, int height, byte[] parameterSets) {
    return new StreamFormat(
        0,
        TimeBase.MICROS,
        width,
        height,
        stream -> {
          AVCodecParameters codec = stream.codecpar();
          codec.codec_type(AVMEDIA_TYPE_VIDEO);
          codec.codec_id(AV_CODEC_ID_H264);
          codec.width(width);
          codec.height(height);
          headers(codec, parameterSets);
        });
  }

  /** Opus that was encoded elsewhere; times in microseconds. */
  static StreamFormat opus(int channels) {
    return new StreamFormat(
        0,
        TimeBase.MICROS,
        0,
        0,
        stream -> {
          AVCodecParameters codec = stream.codecpar();
          codec.codec_type(AVMEDIA_TYPE_AUDIO);
          codec.codec_id(AV_CODEC_ID_OPUS);
          codec.sample_rate(OPUS_RATE);
          av_channel_layout_default(codec.ch_layout(), channels);
          headers(codec, opusHead(channels));
        });
  }

  /** Its number in the file that it is from; 0 of an encoder. */
  public int number() {
    return number;
  }

  public TimeBase timeBase() {
    return timeBase;
  }

  /** Of its pictures; 0 of sound, as is {@link #height}. */
  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  void describe(AVStream stream) {
    description.accept(stream);
    stream.time_base(timeBase.rational()); // a wish: the container may have another one
  }

  /** RFC 7845, section 5.1; without pre-skip, because the packets' times say where they are. */
  private static byte[] opusHead(int channels) {
    byte[] head = new byte[19];
    byte[] magic = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, (byte) channels};
    System.arraycopy(magic, 0, head, 0, magic.length);
    head[12] = (byte) OPUS_RATE;
    head[13] = (byte) (OPUS_RATE >> 8);
    return head;
  }

  private static void headers(AVCodecParameters codec, byte[] data) {
    BytePointer copy =
        new BytePointer(av_mallocz(data.length + (long) AV_INPUT_BUFFER_PADDING_SIZE));
    copy.put(data, 0, data.length);
    codec.extradata(copy);
    codec.extradata_size(data.length);
  }
}
