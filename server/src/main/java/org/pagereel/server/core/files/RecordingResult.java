package org.pagereel.server.core.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.slices.Playlist;

/**
 * What a recording has made. It is kept with the recording's row, so it names no slices: a day has
 * 5,760, and whoever wants them reads the playlist.
 *
 * @param durationMillis playing time: recorded time without holds and pauses; where nobody noted
 *     it, the end of the last file of a stream
 * @param playlist the list of the slices; null if there are none
 * @param videos the page's own videos, one after the other
 * @param streams the files of the participants' streams, the mix, and the page's videos as one of
 *     them; empty if no streams were wanted
 */
public record RecordingResult(
    long durationMillis, @Nullable String playlist, List<Video> videos, StreamFiles streams) {

  /** Nothing was recorded. */
  public static final RecordingResult NOTHING =
      new RecordingResult(
          0, null, List.of(), new StreamFiles(0, List.of(), List.of(), List.of(), List.of()));

  /**
   * One video of the page.
   *
   * @param startMillis its beginning in the recorded time
   */
  public record Video(String file, long startMillis, long durationMillis, long bytes) {}

  public RecordingResult {
    durationMillis = durationMillis == 0 ? streams.totalMillis() : durationMillis;
    videos = List.copyOf(videos);
  }

  /** Of what a recorder has written; whatever it has not written is empty. */
  static RecordingResult of(
      Optional<Report> report, Optional<StreamFiles> streams, boolean hasPlaylist) {
    return new RecordingResult(
        report.map(written -> millis(written.durationSeconds())).orElse(0L),
        hasPlaylist ? Playlist.FILE : null,
        report.map(written -> videos(written.videos())).orElse(List.of()),
        streams.orElse(NOTHING.streams()));
  }

  private static List<Video> videos(List<Report.Video> written) {
    List<Video> videos = new ArrayList<>();
    double start = 0;
    for (Report.Video video : written) {
      videos.add(
          new Video(video.file(), millis(start), millis(video.durationSeconds()), video.bytes()));
      start += video.durationSeconds();
    }
    return videos;
  }

  private static long millis(double seconds) {
    return Math.round(seconds * 1000);
  }
}
