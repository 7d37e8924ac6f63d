package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.av.MediaFacts;

/** The class's files, here and looked into. */
final class Collected {
  private static final long LARGEST = 4L << 30;

  /** The limit of a file whose message says its size is twice this size, but at least this. */
  private static final long LEAST = 64L << 20;

  /** A class has at most a day, and what lies farther from it belongs to another. */
  private static final long DAY_MILLIS = 86_400_000;

  private static final long LATEST_MILLIS = 100_000_000_000_000L;

  /**
   * One that is here.
   *
   * @param number of it in the class, from 0
   */
  record Here(int number, ClassVideo video, Path file, MediaFacts facts, long wall) {
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
          start + Durations.micros(facts.duration()),
          facts.width() > 0,
          facts.hasSound());
    }
  }

  private Collected() {}

  /**
   * Fetches them; what cannot be had or read, or is of another day, is named as missing.
   *
   * @param script the actions on the board, which say when the class was
   * @param folder gets the files
   * @throws RecordingFailure the disk is full
   */
  static List<Here> of(
      Inventory inventory,
      ScriptWriter script,
      MediaFetch fetch,
      Path folder,
      ReplayWork work,
      List<String> missing)
      throws InterruptedException {
    List<Here> here = new ArrayList<>();
    List<ClassVideo> videos = inventory.videos();
    for (int i = 0; i < videos.size(); i++) {
      ClassVideo video = videos.get(i);
      try {
        here.add(one(i, video, inventory.clocks(), fetch, folder));
      } catch (IOException | RecordingFailure e) {
        if (e instanceof RecordingFailure failure
            && failure.category() == FailureCategory.CAPACITY) {
          throw failure;
        }
        missing.add(video.title() + ": " + e.getMessage());
      }
      work.progress(ReplayWork.FILES, (i + 1.0) / videos.size());
    }
    work.progress(ReplayWork.FILES, 1);
    return ofTheDay(here, script, missing);
  }

  private static Here one(
      int number, ClassVideo video, SenderClocks clocks, MediaFetch fetch, Path folder)
      throws IOException, InterruptedException {
    long most = video.bytes() > 0 ? Math.clamp(2 * video.bytes(), LEAST, LARGEST) : LARGEST;
    Path file =
        fetch.fetch(video.url(), folder.resolve(FetchedFileName.after("file-", video.url())), most);
    MediaFacts facts = MediaFacts.of(file);
    if (facts.duration().isZero() || facts.duration().toMillis() > DAY_MILLIS) {
      throw new IOException("its length is " + Durations.text(facts.duration()));
    }
    long wall = video.wall(clocks);
    if (wall <= 0 || wall > LATEST_MILLIS) {
      throw new IOException("no message says when it begins");
    }
    return new Here(number, video, file, facts, wall);
  }

  /** One wrong time must not make a class of years. */
  private static List<Here> ofTheDay(List<Here> all, ScriptWriter script, List<String> missing) {
    List<Here> near = new ArrayList<>();
    long[] walls = all.stream().mapToLong(Here::wall).sorted().toArray();
    for (Here one : all) {
      long middle =
          script.isEmpty() ? walls[walls.length / 2] : (script.first() + script.last()) / 2;
      if (Math.abs(one.wall() - middle) < DAY_MILLIS) {
        near.add(one);
      } else {
        missing.add(
            "%s: it begins at %s, a day or more from the class"
                .formatted(one.video().title(), Instant.ofEpochMilli(one.wall())));
      }
    }
    return near;
  }
}
