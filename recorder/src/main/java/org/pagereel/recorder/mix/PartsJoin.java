package org.pagereel.recorder.mix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.av.GrowingFile;
import org.pagereel.recorder.av.Packet;
import org.pagereel.recorder.av.StreamFormat;
import org.pagereel.recorder.av.TimeBase;
import org.pagereel.recorder.av.Track;

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
      StreamFormat model = first.format();
      if (model == null) {
        throw new RecordingFailure(
            FailureCategory.INTERNAL, parts.getFirst().getFileName() + " holds no picture");
      }
      GrowingFile.Stream pictures = file.add(model);
      try (Sound sounds = sound == null ? null : new Sound(sound, file)) {
        file.begin();
        for (int i = 0; i < parts.size(); i++) {
          copy(parts.get(i), Durations.micros(length) * i, pictures, sounds);
        }
        if (sounds != null) {
          sounds.until(Long.MAX_VALUE);
        }
        return file.finish();
      }
    }
  }

  private static void copy(
      Path part, long startMicros, GrowingFile.Stream target, @Nullable Sound sounds) {
    try (Track track = new Track(part, Track.Kind.PICTURE)) {
      StreamFormat source = track.format();
      if (source == null) {
        throw new RecordingFailure(
            FailureCategory.INTERNAL, part.getFileName() + " holds no picture");
      }
      TimeBase unit = source.timeBase();
      for (Packet packet = track.next(); packet != null; packet = track.next()) {
        if (sounds != null) {
          sounds.until(startMicros + unit.micros(packet.dts()));
        }
        target.write(packet, startMicros);
      }
    }
  }

  /** The sound on its way beside the pictures, so that little waits in the muxer. */
  private static final class Sound implements AutoCloseable {
    private final Track track;
    private final TimeBase unit;
    private final GrowingFile.Stream target;
    private @Nullable Packet next;

    Sound(Path sound, GrowingFile file) {
      track = new Track(sound, Track.Kind.SOUND);
      StreamFormat found = track.format();
      if (found == null) {
        track.close();
        throw new RecordingFailure(
            FailureCategory.INTERNAL, sound.getFileName() + " holds no sound");
      }
      unit = found.timeBase();
      target = file.add(found);
      next = track.next();
    }

    void until(long micros) {
      for (Packet packet = next; packet != null; packet = next) {
        if (unit.micros(packet.dts()) > micros) {
          return;
        }
        target.write(packet);
        next = track.next();
      }
    }

    @Override
    public void close() {
      track.close();
    }
  }
}
