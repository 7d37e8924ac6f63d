package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.wire.Json;

/** A class's folder, event by event. */
final class WrittenClass {
  /** When its server's clock begins, Unix milliseconds. */
  static final long ZERO = 1_558_613_140_000L;

  private final Path folder;
  private final List<String> lines = new ArrayList<>();
  private long seq;

  WrittenClass(Path folder) {
    this.folder = folder;
  }

  WrittenClass hole(int messages) {
    seq += messages;
    return add(new ClassEvent.Hole(messages));
  }

  /** What a client's clock says when the server's is at so many milliseconds from {@link #ZERO}. */
  WrittenClass clock(long at, String user, long theirs) {
    return add(new ClassEvent.Clock(++seq, user, theirs, ZERO + at, ZERO + at));
  }

  /** Somebody draws: an action with this number, at an instant of their own clock. */
  WrittenClass draw(long at, String user, long theirs, int action) {
    return add(
        new ClassEvent.Board(
            ++seq,
            user,
            theirs,
            ZERO + at,
            1,
            ClassEvent.DEFAULT_BOARD,
            Json.LINES.readTree("[{\"action\":%d}]".formatted(action))));
  }

  /** Somebody's messages lie in a file. */
  WrittenClass drawnInFile(long at, String user, String url) {
    return add(new ClassEvent.BoardFile(++seq, user, ZERO + at, 1, url));
  }

  /** Somebody's camera; {@code start} in Unix milliseconds, 0 if it does not say. */
  WrittenClass camera(String user, String url, long start) {
    return video(user, url, false, start, null, 0);
  }

  WrittenClass screen(String user, String url, long start) {
    return video(user, url, true, start, null, 0);
  }

  WrittenClass video(
      String user, String url, boolean screen, long start, @Nullable Long clock, long bytes) {
    return add(new ClassEvent.Video(++seq, user, screen, start, clock, bytes, url));
  }

  WrittenClass add(ClassEvent event) {
    return line(event.written());
  }

  WrittenClass line(String line) {
    lines.add(line);
    return this;
  }

  Path write() throws IOException {
    Files.writeString(folder.resolve(History.FILE), String.join("\n", lines) + "\n");
    return folder;
  }
}
