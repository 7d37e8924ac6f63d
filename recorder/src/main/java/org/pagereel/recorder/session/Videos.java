package org.pagereel.recorder.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.FreeDisk;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.Report.Video;
import org.pagereel.recorder.av.MediaCheck;
import org.pagereel.recorder.slices.Mp4;
import org.pagereel.recorder.slices.Slice;

/** The MP4 files of a recording, made from its slices and played to be sure. */
final class Videos {
  private Videos() {}

  /**
   * Adds each file to the list when it is complete; those stay if a later one fails.
   *
   * @param parts the slices of each file
   */
  static void make(Path folder, List<List<Slice>> parts, List<Video> videos) {
    for (List<Slice> part : parts) {
      String name = Mp4.name(videos.size());
      Path target = folder.resolve(name);
      requireSpace(folder, part, name);
      try {
        Mp4.make(folder, part, target);
        double seconds = Durations.seconds(MediaCheck.play(target));
        videos.add(new Video(name, seconds, Files.size(target)));
      } catch (IOException e) {
        throw new RecordingFailure(
            FailureCategory.CAPACITY, "Cannot write " + target + ": " + e, e);
      }
    }
  }

  private static void requireSpace(Path folder, List<Slice> part, String name) {
    long needed = part.stream().mapToLong(Slice::bytes).sum();
    long free = FreeDisk.bytes(folder);
    if (free < needed) {
      throw new RecordingFailure(
          FailureCategory.CAPACITY,
          ("Disk full: %s needs %,d bytes and %s has %,d free; the slices and the playlist are"
                  + " complete, ./pagereel finish %s makes the MP4 when there is room")
              .formatted(name, needed, folder, free, folder));
    }
  }
}
