package org.pagereel.recorder.mix;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
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
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.media.Av;

/**
 * The pictures or the sound of a file, packet by packet. Who needs both opens the file twice:
 * however badly they are interleaved, no packet of the one waits in memory for the other.
 */
final class Track implements AutoCloseable {
  enum Kind {
    PICTURE(AVMEDIA_TYPE_VIDEO),
    SOUND(AVMEDIA_TYPE_AUDIO);

    private final int mediaType;

    Kind(int mediaType) {
      this.mediaType = mediaType;
    }
  }

  /** Up to this length what is left out at a file's start is decoded and thrown away. */
  private static final long WORTH_SEEKING_MICROS = 5_000_000;

  /** Sound needs a little before its first good sample. */
  private static final long BEFORE_MICROS = 500_000;

  private final AVFormatContext input = new AVFormatContext(null);
  private final AVPacket packet = Native.present(av_packet_alloc(), "Reading media");
  private final Path file;
  private final String step;
  private final @Nullable AVStream stream;
  private @Nullable String broken;

  /** Opens the file; it may have no such track. */
  Track(Path file, Kind kind) {
    Av.quiet();
    this.file = file;
    step = "Reading " + file.getFileName();
    try {
      AVDictionary options = Native.options(Av.reading());
      Av.check(avformat_open_input(input, file.toString(), null, options), step);
      Av.check(avformat_find_stream_info(input, (AVDictionary) null), step);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    stream = find(kind);
    for (int i = 0; i < input.nb_streams(); i++) {
      if (stream == null || i != stream.index()) {
        input.streams(i).discard(AVDISCARD_ALL);
      }
    }
  }

  /** Opens the file at the last place before this position from which can be decoded. */
  static Track at(Path file, Kind kind, long skipMicros) {
    Track track = new Track(file, kind);
    if (skipMicros < WORTH_SEEKING_MICROS
        || track.seek(track.startMicros() + skipMicros - BEFORE_MICROS)) {
      return track;
    }
    // Without an index there is only the long way; where the failed attempt left us is unknown.
    track.close();
    return new Track(file, kind);
  }

  Path file() {
    return file;
  }

  /** Null when the file has none, also where sound is announced and nothing of it came. */
  @Nullable AVStream stream() {
    return stream;
  }

  boolean hasStreams() {
    return input.nb_streams() > 0;
  }

  /** The file time, in microseconds, of its beginning. */
  long startMicros() {
    return input.start_time() == Native.UNKNOWN ? 0 : input.start_time();
  }

  private boolean seek(long micros) {
    if (stream == null) {
      return true;
    }
    double ticks = micros / 1e6 * stream.time_base().den() / stream.time_base().num();
    return av_seek_frame(input, stream.index(), Math.round(ticks), AVSEEK_FLAG_BACKWARD) >= 0;
  }

  /** The track's next packet, lent until the next call; null at the end or where it breaks off. */
  @Nullable AVPacket next() {
    while (stream != null) {
      av_packet_unref(packet);
      int result = av_read_frame(input, packet);
      if (result < 0) {
        if (result != AVERROR_EOF()) {
          broken = "it breaks off: " + Av.message(result);
        }
        return null;
      }
      if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
        broken = "it breaks off or is damaged";
      }
      if (packet.stream_index() == stream.index()) {
        return packet;
      }
    }
    return null;
  }

  /**
   * What is wrong with the file as far as it was read; null if nothing is known. A Matroska file
   * that was cut off between two of its blocks looks whole.
   */
  @Nullable String broken() {
    return broken;
  }

  private @Nullable AVStream find(Kind kind) {
    for (int i = 0; i < input.nb_streams(); i++) {
      AVStream candidate = input.streams(i);
      boolean cover = (candidate.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
      boolean empty = kind == Kind.SOUND && candidate.codecpar().sample_rate() == 0;
      if (candidate.codecpar().codec_type() == kind.mediaType && !cover && !empty) {
        return candidate;
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
