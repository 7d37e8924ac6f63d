package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.media.MediaFacts;

/** The class's files, here and looked into. */
final class Collected {
  private static final long LARGEST = 4L << 30;

  /** What says how large it is may be twice as large. */
  private static final long LEAST = 64L << 20;

  /** One that is here. */
  record Here(ClassVideo video, Path file, MediaFacts facts, long wall) {
    ClassTimeline.Span span() {
      return new ClassTimeline.Span(wall, wall + facts.duration().toMillis());
    }

    /** On the class's timeline. */
    PlacedVideo placed(long zero) {
      long start = (wall - zero) * 1000;
      return new PlacedVideo(
          video.userId(),
          video.kind(),
          file,
          start,
          start + facts.duration().toNanos() / 1000,
          facts.width() > 0,
          facts.hasSound());
    }
  }

  private Collected() {}

  /**
   * Fetches them; what cannot be had or read is named as missing.
   *
   * @param folder where they go
   */
  static List<Here> of(
      Inventory inventory, MediaFetch fetch, Path folder, ReplayWork work, List<String> missing)
      throws InterruptedException {
    List<Here> here = new ArrayList<>();
    List<ClassVideo> videos = inventory.videos();
    for (int i = 0; i < videos.size(); i++) {
      ClassVideo video = videos.get(i);
      try {
        long most =
            video.bytes() > 0 ? Math.min(LARGEST, Math.max(LEAST, 2 * video.bytes())) : LARGEST;
        Path file = fetch.fetch(video.url(), folder.resolve("file-%03d".formatted(i)), most);
        MediaFacts facts = MediaFacts.of(file);
        if (facts.duration().isZero()) {
          throw new IOException("it has no length");
        }
        long wall = video.wall(inventory.clocks());
        if (wall <= 0) {
          throw new IOException("no message says when it begins");
        }
        here.add(new Here(video, file, facts, wall));
      } catch (IOException | RecordingFailure e) {
        missing.add(video.title() + ": " + e.getMessage());
      }
      work.progress(ReplayWork.FILES, (i + 1.0) / videos.size());
    }
    return here;
  }
}
