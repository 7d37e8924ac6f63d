package org.pagereel.recorder.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import org.pagereel.recorder.Durations;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report.Video;
import org.pagereel.recorder.StreamFiles.Omitted;
import org.pagereel.recorder.slices.Mp4;
import org.pagereel.recorder.slices.Slice;
import org.pagereel.recorder.streams.Board;
import org.pagereel.recorder.streams.FinishStreams;

/** All files of a recording, from its slices and its streams. */
final class CompleteFiles {
  /** Making a very long MP4 is one step. */
  private static final Duration LONGEST_STEP = Duration.ofHours(1);

  private CompleteFiles() {}

  /**
   * Makes them.
   *
   * @param videos gets each of the page's videos when it is complete
   */
  static void make(Journal journal, List<Video> videos, Events events) {
    try (CompletionProgress told = new CompletionProgress(events, LONGEST_STEP)) {
      make(journal, videos, told);
    }
  }

  private static void make(Journal journal, List<Video> videos, DoubleConsumer told) {
    RecordingRequest request = journal.request();
    List<Slice> slices = journal.slices();
    List<Omitted> pauses = Pauses.of(journal.pauses(), slices);
    boolean splits = FinishStreams.splitsAtPauses(request.folder());
    Set<Duration> cuts =
        splits
            ? pauses.stream()
                .map(pause -> Pauses.start(slices, pause))
                .collect(Collectors.toUnmodifiableSet())
            : Set.of();
    List<List<Slice>> parts =
        Mp4.split(slices, request.slicing().maxVideo(), request.slicing().maxVideoBytes(), cuts);
    Videos.make(request.folder(), parts, videos);
    List<Board> boards = boards(request, parts, videos);
    FinishStreams.make(
        request.folder(), boards, pauses, journal.duration(), journal.ownStart(), told);
  }

  private static List<Board> boards(
      RecordingRequest request, List<List<Slice>> parts, List<Video> videos) {
    List<Board> boards = new ArrayList<>();
    for (int i = 0; i < videos.size(); i++) {
      Video video = videos.get(i);
      boards.add(
          new Board(
              video.file(),
              Durations.micros(parts.get(i).getFirst().start()),
              Math.round(video.durationSeconds() * 1e6),
              video.bytes(),
              request.page().size().width(),
              request.page().size().height()));
    }
    return boards;
  }
}
