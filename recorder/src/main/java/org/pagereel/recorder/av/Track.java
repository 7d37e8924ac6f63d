package org.pagereel.recorder.av;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * The pictures or the sound of a file, packet by packet. Who needs both opens the file twice:
 * however badly they are interleaved, no packet of the one waits in memory for the other.
 */
public final class Track implements AutoCloseable {
  /** Which of the two. */
  public enum Kind {
    PICTURE,
    SOUND
  }

  /** Up to this length what is left out at a file's start is decoded and thrown away. */
  private static final long WORTH_SEEKING_MICROS = 5_000_000;

  /** Sound needs a little before its first good sample. */
  private static final long BEFORE_MICROS = 500_000;

  private final Path file;
  private final MediaInput input;
  private final @Nullable AVStream stream;
  private final @Nullable StreamFormat format;
  private @Nullable String broken;

  /** Opens the file; it may have no such track. */
  public Track(Path file, Kind kind) {
    this.file = file;
    input = new MediaInput(file);
    stream = kind == Kind.PICTURE ? input.rawVideo() : input.rawSound();
    format = kind == Kind.PICTURE ? input.video() : input.sound();
    for (int i = 0; i < input.raw().nb_streams(); i++) {
      if (stream == null || i != stream.index()) {
        input.raw().streams(i).discard(AVDISCARD_ALL);
      }
    }
  }

  /** Opens the file at the last place before this position from which can be decoded. */
  public static Track at(Path file, Kind kind, long skipMicros) {
    Track track = new Track(file, kind);
    if (skipMicros < WORTH_SEEKING_MICROS
        || track.seek(track.startMicros() + skipMicros - BEFORE_MICROS)) {
      return track;
    }
    // Without an index there is only the long way; where the failed attempt left us is unknown.
    track.close();
    return new Track(file, kind);
  }

  public Path file() {
    return file;
  }

  /** Null when the file has no such track, also where sound is announced and nothing of it came. */
  public @Nullable StreamFormat format() {
    return format;
  }

  @Nullable AVStream raw() {
    return stream;
  }

  /** Whether the file holds any stream at all. */
  public boolean hasStreams() {
    return input.raw().nb_streams() > 0;
  }

  /** The file time, in microseconds, of its beginning. */
  public long startMicros() {
    long start = input.raw().start_time();
    return start == Packet.UNKNOWN ? 0 : start;
  }

  private boolean seek(long micros) {
    return format == null || input.seek(format.number(), format.timeBase().units(micros));
  }

  /** The track's next packet, lent until the next call; null at the end or where it breaks off. */
  public @Nullable Packet next() {
    while (stream != null) {
      int result = input.read();
      if (result < 0) {
        if (result != AVERROR_EOF()) {
          broken = "it breaks off: " + Av.message(result);
        }
        return null;
      }
      Packet packet = input.packet();
      if (packet.isDamaged()) {
        broken = "it breaks off or is damaged";
      }
      if (packet.stream() == stream.index()) {
        return packet;
      }
    }
    return null;
  }

  /**
   * What is wrong with the file as far as it was read; null if nothing is known. A Matroska file
   * that was cut off between two of its blocks looks whole.
   */
  public @Nullable String broken() {
    return broken;
  }

  @Override
  public void close() {
    input.close();
  }
}
