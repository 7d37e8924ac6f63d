package org.pagereel.recorder.mix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.av.GrowingFile;
import org.pagereel.recorder.av.SoundEncoder;
import org.pagereel.recorder.av.StreamFormat;
import org.pagereel.recorder.av.Track;

/**
 * Makes what people play of a stream as it was received: Matroska with H.264 or Opus, perhaps cut
 * off in the middle. Time 0 of what is made is time stamp 0 of the stream.
 */
public final class StreamExport {
  private StreamExport() {}

  /**
   * An MP4 (moov first) with the pictures as they are and the sound as AAC.
   *
   * @param length of the file, to a picture: the last picture stays until then, what is later is
   *     left out, and where there is no sound there is silence
   * @throws RecordingFailure when there is nothing in the input or the file cannot be written
   */
  public static MadeFile toMp4(Path input, Path target, Duration length) {
    long lengthMicros = Durations.micros(length);
    try (Track pictures = new Track(input, Track.Kind.PICTURE);
        Track sounds = new Track(input, Track.Kind.SOUND);
        GrowingFile file = GrowingFile.mp4(target)) {
      StreamFormat pictureIn = pictures.format();
      StreamFormat soundIn = sounds.format();
      if (pictureIn == null && soundIn == null) {
        throw new RecordingFailure(
            FailureCategory.INTERNAL, input.getFileName() + " holds neither picture nor sound");
      }
      try (PictureCopy picture =
              pictureIn == null ? null : new PictureCopy(pictures, pictureIn, lengthMicros, file);
          SoundCopy sound =
              soundIn == null
                  ? null
                  : new SoundCopy(sounds, lengthMicros, file, SoundEncoder.aac())) {
        file.begin();
        copy(picture, sound);
        long bytes = file.finish();
        int width = pictureIn == null ? 0 : pictureIn.width();
        int height = pictureIn == null ? 0 : pictureIn.height();
        return new MadeFile(length, width, height, bytes);
      }
    }
  }

  /**
   * An MP3 of its sound, with silence where there is none.
   *
   * @return empty when the input has no sound
   * @throws RecordingFailure when the input cannot be read or the file cannot be written
   */
  public static Optional<MadeFile> toMp3(Path input, Path target, Duration length) {
    try (Track sounds = new Track(input, Track.Kind.SOUND)) {
      if (sounds.format() == null) {
        return Optional.empty();
      }
      try (GrowingFile file = GrowingFile.mp3(target);
          SoundCopy sound =
              new SoundCopy(sounds, Durations.micros(length), file, SoundEncoder.mp3())) {
        file.begin();
        copy(null, sound);
        return Optional.of(new MadeFile(length, 0, 0, file.finish()));
      }
    }
  }

  /** Copies from the track that is behind, so that little waits in the muxer. */
  private static void copy(@Nullable PictureCopy picture, @Nullable SoundCopy sound) {
    boolean pictures = picture != null;
    boolean sounds = sound != null;
    while (pictures || sounds) {
      if (picture != null
          && pictures
          && (!sounds || sound == null || picture.reached() <= sound.reached())) {
        pictures = picture.copyNext();
      } else if (sound != null) {
        sounds = sound.copyNext();
      }
    }
  }
}
