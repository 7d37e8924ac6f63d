package org.pagereel.server.core.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.server.core.replay.ReplayFailure.Cause;

/** From the first to the last event of a class; its group may live for days. */
final class ClassSpan {
  private static final Duration LONGEST = Duration.ofHours(24);

  private ClassSpan() {}

  /**
   * Looks whether all are of one class.
   *
   * @throws ClassUnavailable they are of more than a day
   */
  static void check(Path events, String subject) throws IOException, ClassUnavailable {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (BufferedReader lines = Files.newBufferedReader(events)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long at = at(line);
        if (at > 0) {
          first = Math.min(first, at);
          last = Math.max(last, at);
        }
      }
    }
    if (last > first && last - first > LONGEST.toMillis()) {
      throw new ClassUnavailable(
          Cause.TOO_LONG,
          "The class in the group %s took longer than 24 hours, from %s to %s; every class needs a group of its own"
              .formatted(subject, Instant.ofEpochMilli(first), Instant.ofEpochMilli(last)));
    }
  }

  /** Unix ms; 0 for what is not of the class: files that are told of later. */
  private static long at(String line) {
    return ClassEvent.read(line).map(ClassSpan::receivedMillis).orElse(0L);
  }

  private static long receivedMillis(ClassEvent event) {
    return switch (event) {
      case ClassEvent.Board board -> board.receivedMillis();
      case ClassEvent.Clock clock -> clock.receivedMillis();
      case ClassEvent.Unread unread ->
          unread.kind() == ClassEvent.Kind.CLOCK ? unread.receivedMillis() : 0;
      case ClassEvent.Source _, ClassEvent.BoardFile _, ClassEvent.Video _, ClassEvent.Hole _ -> 0;
    };
  }
}
