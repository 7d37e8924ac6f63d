package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;

import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * Whether a finished file really plays: its first and its last stretch are decoded. Unlike {@link
 * Decoder} it passes over nothing that is broken.
 */
public final class MediaCheck {
  private static final String STEP = "Decoding";
  private static final int FIRST_PACKETS = 60;

  private MediaCheck() {}

  /** The playing time of a file that plays; throws for one that does not. */
  public static Duration play(Path file) {
    try (MediaInput input = new MediaInput(file)) {
      AVStream video = input.rawVideo();
      if (video == null) {
        throw broken(file, "it has no picture");
      }
      if (decode(input, video, FIRST_PACKETS) == 0) {
        throw broken(file, "its beginning shows no picture");
      }
      long micros = input.raw().duration();
      if (!input.seek(-1, micros)) {
        throw broken(file, "its end cannot be found");
      }
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
      for (Packet packet = input.next(); packet != null; packet = input.next()) {
        end =
            Math.max(end, input.unit(packet).micros(packet.pts() + Math.max(0, packet.duration())));
      }
    }
    return Durations.ofMicros(end);
  }

  private static int decode(MediaInput input, AVStream video, int packets) {
    var codec = Av.present(avcodec_find_decoder(video.codecpar().codec_id()), STEP);
    AVCodecContext decoder = Av.present(avcodec_alloc_context3(codec), STEP);
    try (Frame frame = new Frame()) {
      Av.check(avcodec_parameters_to_context(decoder, video.codecpar()), STEP);
      Av.check(avcodec_open2(decoder, codec, (AVDictionary) null), STEP);
      int frames = 0;
      Packet packet = input.next();
      for (int i = 0; i < packets && packet != null; i++, packet = input.next()) {
        if (packet.stream() == video.index()) {
          Av.check(avcodec_send_packet(decoder, packet.raw()), STEP);
          frames += receive(decoder, frame);
        }
      }
      Av.check(avcodec_send_packet(decoder, null), STEP);
      return frames + receive(decoder, frame);
    } finally {
      avcodec_free_context(decoder);
    }
  }

  private static int receive(AVCodecContext decoder, Frame frame) {
    int frames = 0;
    while (avcodec_receive_frame(decoder, frame.raw()) >= 0) {
      frames++;
    }
    return frames;
  }

  private static RecordingFailure broken(Path file, String why) {
    return new RecordingFailure(
        FailureCategory.INTERNAL, file.getFileName() + " does not play: " + why);
  }
}
