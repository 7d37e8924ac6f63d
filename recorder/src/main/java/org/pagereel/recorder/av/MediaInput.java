package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/** A media file that is read packet by packet. */
public final class MediaInput implements AutoCloseable {
  private final AVFormatContext input = new AVFormatContext(null);
  private final Packet packet = new Packet();
  private final String step;
  private final @Nullable StreamFormat video;
  private final @Nullable StreamFormat sound;

  public MediaInput(Path file) {
    step = "Reading " + file.getFileName();
    try {
      Av.check(avformat_open_input(input, file.toString(), null, Av.reading()), step);
      Av.check(avformat_find_stream_info(input, (AVDictionary) null), step);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    video = format(rawVideo());
    sound = format(rawSound());
  }

  /** What its pictures are; null without any. A cover is no picture. */
  public @Nullable StreamFormat video() {
    return video;
  }

  /** What its sound is; null also where a sound stream is announced and nothing of it came. */
  public @Nullable StreamFormat sound() {
    return sound;
  }

  private static @Nullable StreamFormat format(@Nullable AVStream stream) {
    return stream == null ? null : StreamFormat.of(stream);
  }

  /** The next packet, lent until the next call; null at the end. */
  public @Nullable Packet next() {
    int result = read();
    if (result == AVERROR_EOF()) {
      return null;
    }
    Av.check(result, step);
    return packet;
  }

  /** The unit of a packet's times. */
  TimeBase unit(Packet of) {
    return TimeBase.of(input.streams(of.stream()).time_base());
  }

  AVFormatContext raw() {
    return input;
  }

  @Nullable AVStream rawVideo() {
    return stream(AVMEDIA_TYPE_VIDEO);
  }

  @Nullable AVStream rawSound() {
    return stream(AVMEDIA_TYPE_AUDIO);
  }

  /** Reads the next packet; negative when there is none, because of the file's end or an error. */
  int read() {
    packet.clear();
    return av_read_frame(input, packet.raw());
  }

  /** The packet that was read last. */
  Packet packet() {
    return packet;
  }

  /**
   * Goes to the last place before a time from which can be decoded; false if it cannot be found.
   *
   * @param stream whose units the time has; -1 for microseconds
   */
  boolean seek(int stream, long time) {
    return av_seek_frame(input, stream, time, AVSEEK_FLAG_BACKWARD) >= 0;
  }

  private @Nullable AVStream stream(int mediaType) {
    for (int i = 0; i < input.nb_streams(); i++) {
      boolean cover = (input.streams(i).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
      boolean empty =
          mediaType == AVMEDIA_TYPE_AUDIO && input.streams(i).codecpar().sample_rate() == 0;
      if (input.streams(i).codecpar().codec_type() == mediaType && !cover && !empty) {
        return input.streams(i);
      }
    }
    return null;
  }

  @Override
  public void close() {
    packet.close();
    avformat_close_input(input);
  }
}
