package org.pagereel.server.core.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.slices.Playlist;

/**
 * What recordings and replays have made, each under its id: the one place that says it, opens it
 * and deletes it.
 */
public interface FileStore {
  /** The part of what has one folder for all attempts, because no other node goes on with it. */
  long ALL = 0;

  /**
   * The folder in which a recorder on this machine works. It need not exist.
   *
   * @param part the epoch of this node's claim where several nodes may work on it, else {@link
   *     #ALL}
   * @throws IllegalArgumentException the id is none: it would lead anywhere else
   */
  Path workplace(String id, long part);

  /** Where another node has worked on it before the owner of this part, the latest one. */
  Optional<Path> before(String id, long part);

  /**
   * Makes the last part, if it is complete, the whole: it has everything of those before it. Until
   * then the files of all parts are found under their names, which differ. Does nothing where there
   * are no parts; if it fails in the middle, the next call goes on.
   *
   * @throws UncheckedIOException it could not
   */
  void publish(String id);

  /** The report of a recording; empty if it has none, or if nobody can read it. */
  Optional<Report> report(String id);

  /** The files of a recording's streams; empty until all of them are made. */
  Optional<StreamFiles> streams(String id);

  /** What a recording has made so far, as far as that can be read. */
  default RecordingResult recordedSoFar(String id) {
    return RecordingResult.of(report(id), streams(id), has(id, Playlist.FILE));
  }

  /**
   * What a recording that is over has made, to be stored for good. Empty if there is nothing, or if
   * a part of it cannot be read now.
   */
  default Optional<RecordingResult> recorded(String id) {
    Optional<Report> report = report(id);
    Optional<StreamFiles> streams = streams(id);
    boolean isNothing = report.isEmpty() && streams.isEmpty();
    boolean isUnread =
        (report.isEmpty() && has(id, Report.FILE))
            || (streams.isEmpty() && has(id, StreamFiles.FILE));
    return isNothing || isUnread
        ? Optional.empty()
        : Optional.of(RecordingResult.of(report, streams, has(id, Playlist.FILE)));
  }

  /** The result of a replay; empty until all of its files are made. */
  Optional<ReplayResult> replayed(String id);

  /**
   * Whether a recording has slices of which no video was made. They are all that there is of a
   * class, so nobody may delete them. If the report cannot be read, it has.
   */
  boolean hasUnmadeSlices(String id);

  /** Whether there is such a file. */
  boolean has(String id, String file);

  /**
   * Opens a file.
   *
   * @return empty if there is none, or if its name leads anywhere else
   */
  Optional<StoredFile> open(String id, String file) throws IOException;

  /** The size of what was recorded or made last under these names; 0 if nobody can say. */
  long bytes(String id, Predicate<String> names);

  /**
   * Deletes everything under the id; nothing else.
   *
   * @throws UncheckedIOException something could not be deleted; the next call goes on
   * @throws IllegalArgumentException the id is none
   */
  void delete(String id);
}
