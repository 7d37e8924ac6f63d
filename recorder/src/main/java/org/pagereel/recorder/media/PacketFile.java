package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Packets that were encoded elsewhere (H.264 as Annex B, Opus at 48 kHz) into a Matroska file that
 * can be read up to its last cluster, however it ends. One thread.
 */
public final class PacketFile implements AutoCloseable {
  private static final AVRational MICROS = new AVRational().num(1).den(1_000_000);

  /** A recorder that is killed loses this much at the most, beside what was on its way. */
  private static final String CLUSTER_MILLIS = "300";

  private final AVFormatContext output = new AVFormatContext(null);
  private final AVIOContext out = new AVIOContext(null);
  private final AVPacket packet = Av.present(av_packet_alloc(), "Writing a stream");
  private final String step;
  private final @Nullable AVStream video;
  private final @Nullable AVStream sound;
  private long lastVideo = -1000;
  private long lastSound = -1000;

  /**
   * What the pictures are.
   *
   * @param parameterSets SPS and PPS with their start codes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Pictures(int width, int height, byte[] parameterSets) {}

  /**
   * Begins the file.
   *
   * @param pictures null for sound only
   * @param channels of the sound; 0 for pictures only
   */
  public PacketFile(Path target, @Nullable Pictures pictures, int channels) {
    Av.quiet();
    step = "Writing " + target.getFileName();
    Av.check(avformat_alloc_output_context2(output, null, "matroska", target.toString()), step);
    video = pictures == null ? null : video(pictures);
    sound = channels == 0 ? null : sound(channels);
    Av.check(avio_open(out, target.toString(), AVIO_FLAG_WRITE), step);
    output.pb(out);
    output.flush_packets(1);
    Av.check(
        avformat_write_header(output, Av.options(Map.of("cluster_time_limit", CLUSTER_MILLIS))),
        step);
  }

  /** Adds a picture. */
  public void video(byte[] data, boolean key, long ptsMicros) {
    video(data, key, ptsMicros, 0);
  }

  /**
   * Adds a picture of a known duration.
   *
   * @param durationMicros 0 for up to the next picture; the last one's makes the file's length
   */
  public void video(byte[] data, boolean key, long ptsMicros, long durationMicros) {
    if (video != null) {
      lastVideo = write(video, data, key, Math.max(ptsMicros, lastVideo + 1000), durationMicros);
    }
  }

  /** Adds some milliseconds of sound. */
  public void sound(byte[] data, long ptsMicros, long durationMicros) {
    if (sound != null) {
      lastSound = write(sound, data, true, Math.max(ptsMicros, lastSound + 1000), durationMicros);
    }
  }

  public boolean hasVideo() {
    return video != null;
  }

  public boolean hasSound() {
    return sound != null;
  }

  private long write(AVStream stream, byte[] data, boolean key, long pts, long duration) {
    Av.check(av_new_packet(packet, data.length), step);
    packet.data().put(data, 0, data.length);
    packet.stream_index(stream.index());
    packet.pts(pts);
    packet.dts(pts);
    packet.duration(duration);
    packet.flags(key ? AV_PKT_FLAG_KEY : 0);
    av_packet_rescale_ts(packet, MICROS, stream.time_base());
    // Not interleaved: a stream that falls silent must not keep the other one in memory.
    int result = av_write_frame(output, packet);
    av_packet_unref(packet);
    Av.check(result, step);
    return pts;
  }

  private AVStream video(Pictures pictures) {
    AVStream stream = Av.present(avformat_new_stream(output, null), step);
    AVCodecParameters codec = stream.codecpar();
    codec.codec_type(AVMEDIA_TYPE_VIDEO);
    codec.codec_id(AV_CODEC_ID_H264);
    codec.width(pictures.width());
    codec.height(pictures.height());
    extradata(codec, pictures.parameterSets());
    stream.time_base(MICROS);
    return stream;
  }

  private AVStream sound(int channels) {
    AVStream stream = Av.present(avformat_new_stream(output, null), step);
    AVCodecParameters codec = stream.codecpar();
    codec.codec_type(AVMEDIA_TYPE_AUDIO);
    codec.codec_id(AV_CODEC_ID_OPUS);
    codec.sample_rate(48_000);
    av_channel_layout_default(codec.ch_layout(), channels);
    extradata(codec, opusHead(channels));
    stream.time_base(MICROS);
    return stream;
  }

  /** RFC 7845, section 5.1; without pre-skip, because the packets' times say where they are. */
  private static byte[] opusHead(int channels) {
    return new byte[] {
      'O',
      'p',
      'u',
      's',
      'H',
      'e',
      'a',
      'd',
      1,
      (byte) channels,
      0,
      0,
      (byte) 0x80,
      (byte) 0xBB,
      0,
      0,
      0,
      0,
      0
    };
  }

  private static void extradata(AVCodecParameters codec, byte[] data) {
    BytePointer copy =
        new BytePointer(av_mallocz(data.length + (long) AV_INPUT_BUFFER_PADDING_SIZE));
    copy.put(data, 0, data.length);
    codec.extradata(copy);
    codec.extradata_size(data.length);
  }

  @Override
  public void close() {
    try {
      Av.check(av_write_trailer(output), step);
      Av.check(out.error(), step);
    } finally {
      av_packet_free(packet);
      avio_closep(out);
      output.pb(null);
      avformat_free_context(output);
    }
  }
}
