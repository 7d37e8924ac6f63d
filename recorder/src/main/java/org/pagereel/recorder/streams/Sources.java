package org.pagereel.recorder.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.pagereel.recorder.mix.MadeFile;
import org.pagereel.recorder.mix.StreamExport;

/** From a segment's Matroska file to what is delivered. */
final class Sources {
  private Sources() {}

  /** Its MP4. */
  static MadeFile mp4(Path folder, Segment segment, String name) {
    return StreamExport.toMp4(
        folder.resolve(segment.file()), folder.resolve(name), segment.length());
  }

  /** The sound of an MP4, if it has any. */
  static Optional<MadeFile> mp3(Path folder, String video, String name, Duration length) {
    return StreamExport.toMp3(folder.resolve(video), folder.resolve(name), length);
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
