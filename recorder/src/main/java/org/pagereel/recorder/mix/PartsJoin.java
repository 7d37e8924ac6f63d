package org.pagereel.recorder.mix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/** Puts pictures that were made in parts, and their sound, into one MP4 as they are. */
public final class PartsJoin {
  private PartsJoin() {}

  /**
   * Joins; returns when the file is complete.
   *
   * @param parts pictures of one encoder with the same settings, one part after the other
   * @param length of each part but the last
   * @param sound of all; null for none
   * @return the file's size in bytes
   */
  public static long mp4(List<Path> parts, Duration length, @Nullable Path sound, Path target) {
    try (Track first = new Track(parts.getFirst(), Track.Kind.PICTURE);
        GrowingFile file = GrowingFile.mp4(target)) {
      AVStream model = first.stream();
      if (model == null) {
        throw new RecordingFailure(
            FailureCategory.INTERNAL, parts.getFirst().getFileName() + " holds no picture");
      }
      AVStream pictures = file.add(model);
      try (Sound sounds = sound == null ? null : new Sound(sound, file)) {
        file.begin();
        for (int i = 0; i < parts.size(); i++) {
          copy(parts.get(i), Times.micros(length) * i, pictures, file, sounds);
        }
        if (sounds != null) {
          sounds.until(Long.MAX_VALUE);
        }
        return file.finish();
      }
    }
  }

  private static void copy(
      Path part, long startMicros, AVStream target, GrowingFile file, @Nullable Sound sounds) {
    try (Track track = new Track(part, Track.Kind.PICTURE)) {
      AVStream source = track.stream();
      if (source == null) {
        throw new RecordingFailure(
            FailureCategory.INTERNAL, part.getFileName() + " holds no picture");
      }
      double unit = 1e6 * source.time_base().num() / source.time_base().den();
      long shift = Math.round(startMicros / unit);
      for (AVPacket packet = track.next(); packet != null; packet = track.next()) {
        packet.pts(packet.pts() + shift);
        packet.dts(packet.dts() + shift);
        if (sounds != null) {
          sounds.until(Math.round(packet.dts() * unit));
        }
        file.write(packet, source.time_base(), target);
      }
    }
  }

  /** The sound on its way beside the pictures, so that little waits in the muxer. */
  private static final class Sound implements AutoCloseable {
    private final Track track;
    private final AVStream source;
    private final AVStream target;
    private final GrowingFile file;
    private @Nullable AVPacket next;

    Sound(Path sound, GrowingFile file) {
      this.file = file;
      track = new Track(sound, Track.Kind.SOUND);
      AVStream found = track.stream();
      if (found == null) {
        track.close();
        throw new RecordingFailure(
            FailureCategory.INTERNAL, sound.getFileName() + " holds no sound");
      }
      source = found;
      target = file.add(found);
      next = track.next();
    }

    void until(long micros) {
      for (AVPacket packet = next; packet != null; packet = next) {
        if (packet.dts() * 1e6 * source.time_base().num() / source.time_base().den() > micros) {
          return;
        }
        file.write(packet, source.time_base(), target);
        next = track.next();
      }
    }

    @Override
    public void close() {
      track.close();
    }
  }
}
