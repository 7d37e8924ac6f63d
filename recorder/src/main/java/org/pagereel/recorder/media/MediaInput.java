package org.pagereel.recorder.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/** A media file that is read packet by packet. */
final class MediaInput implements AutoCloseable {
  private final AVFormatContext input = new AVFormatContext(null);
  private final AVPacket packet = Av.present(av_packet_alloc(), "Reading media");
  private final String step;

  MediaInput(Path file) {
    Av.quiet();
    step = "Reading " + file.getFileName();
    AVDictionary options = Av.options(Av.reading());
    try {
      Av.check(avformat_open_input(input, file.toString(), null, options), step);
      Av.check(avformat_find_stream_info(input, (AVDictionary) null), step);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  AVFormatContext context() {
    return input;
  }

  @Nullable AVStream video() {
    return stream(AVMEDIA_TYPE_VIDEO);
  }

  /** Null also where a sound stream is announced and nothing of it came. */
  @Nullable AVStream sound() {
    AVStream sound = stream(AVMEDIA_TYPE_AUDIO);
    return sound == null || sound.codecpar().sample_rate() == 0 ? null : sound;
  }

  /** The next packet, lent until the next call; null at the end. */
  @Nullable AVPacket next() {
    av_packet_unref(packet);
    int result = av_read_frame(input, packet);
    if (result == AVERROR_EOF()) {
      return null;
    }
    Av.check(result, step);
    return packet;
  }

  private @Nullable AVStream stream(int mediaType) {
    for (int i = 0; i < input.nb_streams(); i++) {
      boolean cover = (input.streams(i).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
      if (input.streams(i).codecpar().codec_type() == mediaType && !cover) {
        return input.streams(i);
      }
    }
    return null;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avformat_close_input(input);
  }
}
