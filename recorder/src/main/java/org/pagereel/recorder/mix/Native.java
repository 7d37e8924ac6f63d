package org.pagereel.recorder.mix;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.media.Av;

/** Calls into FFmpeg whose signatures are its own types, and so stay in this package. */
final class Native {
  /** Not a time: the file does not say. */
  static final long UNKNOWN = AV_NOPTS_VALUE;

  private Native() {}

  static <P extends Pointer> P present(P pointer, String step) {
    if (pointer == null || pointer.isNull()) {
      throw new RecordingFailure(FailureCategory.INTERNAL, step + ": FFmpeg returned nothing");
    }
    return pointer;
  }

  static AVDictionary options(Map<String, String> values) {
    AVDictionary dictionary = new AVDictionary(null);
    values.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
    return dictionary;
  }

  /** Lends every packet that an encoder has ready to the sink, in one and the same packet. */
  static void receive(
      AVCodecContext encoder, AVPacket packet, String step, Consumer<AVPacket> sink) {
    while (true) {
      int result = avcodec_receive_packet(encoder, packet);
      if (result == AVERROR_EAGAIN() || result == AVERROR_EOF()) {
        return;
      }
      Av.check(result, step);
      sink.accept(packet);
      av_packet_unref(packet);
    }
  }

  /** A time in microseconds; {@link #UNKNOWN} stays unknown. */
  static long micros(long time, AVRational base) {
    // In doubles: 2^53 microseconds are 285 years.
    return time == UNKNOWN ? UNKNOWN : Math.round(time * 1e6 * base.num() / base.den());
  }
}
