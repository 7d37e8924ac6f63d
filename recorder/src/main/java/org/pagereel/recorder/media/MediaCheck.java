package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/** Whether a finished file really plays: its first and its last stretch are decoded. */
public final class MediaCheck {
  private static final int FIRST_PACKETS = 60;

  private MediaCheck() {}

  /** The playing time of a file that plays; throws for one that does not. */
  public static Duration play(Path file) {
    try (MediaInput input = new MediaInput(file)) {
      AVStream video = input.video();
      if (video == null) {
        throw broken(file, "it has no picture");
      }
      if (decode(input, video, FIRST_PACKETS) == 0) {
        throw broken(file, "its beginning shows no picture");
      }
      long micros = input.context().duration();
      Av.check(av_seek_frame(input.context(), -1, micros, AVSEEK_FLAG_BACKWARD), "Seeking " + file);
      if (decode(input, video, Integer.MAX_VALUE) == 0) {
        throw broken(file, "its end shows no picture");
      }
      return Durations.ofMicros(micros);
    }
  }

  /** The end of the last packet, also in a file that breaks off. */
  public static Duration length(Path file) {
    long end = 0;
    try (MediaInput input = new MediaInput(file)) {
      for (AVPacket packet = input.next(); packet != null; packet = input.next()) {
        AVRational base = input.context().streams(packet.stream_index()).time_base();
        long last = packet.pts() + Math.max(0, packet.duration());
        end = Math.max(end, last * 1_000_000 * base.num() / base.den());
      }
    }
    return Durations.ofMicros(end);
  }

  private static int decode(MediaInput input, AVStream video, int packets) {
    var codec = Av.present(avcodec_find_decoder(video.codecpar().codec_id()), "Decoding");
    AVCodecContext decoder = Av.present(avcodec_alloc_context3(codec), "Decoding");
    AVFrame frame = Av.present(av_frame_alloc(), "Decoding");
    try {
      Av.check(avcodec_parameters_to_context(decoder, video.codecpar()), "Decoding");
      Av.check(avcodec_open2(decoder, codec, (AVDictionary) null), "Decoding");
      int frames = 0;
      AVPacket packet = input.next();
      for (int i = 0; i < packets && packet != null; i++, packet = input.next()) {
        if (packet.stream_index() == video.index()) {
          Av.check(avcodec_send_packet(decoder, packet), "Decoding");
          frames += receive(decoder, frame);
        }
      }
      Av.check(avcodec_send_packet(decoder, null), "Decoding");
      return frames + receive(decoder, frame);
    } finally {
      av_frame_free(frame);
      avcodec_free_context(decoder);
    }
  }

  private static int receive(AVCodecContext decoder, AVFrame frame) {
    int frames = 0;
    while (avcodec_receive_frame(decoder, frame) >= 0) {
      frames++;
    }
    return frames;
  }

  private static RecordingFailure broken(Path file, String why) {
    return new RecordingFailure(
        FailureCategory.INTERNAL, file.getFileName() + " does not play: " + why);
  }
}
