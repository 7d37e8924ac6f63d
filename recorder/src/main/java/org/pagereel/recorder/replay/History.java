package org.pagereel.recorder.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.folder.ClassEvent;

/** A class's events, read as often as needed and never kept in memory as a whole. */
final class History {
  static final String FILE = ClassEvent.FILE;

  /** Characters; far more than the longest message has when each is written as six. */
  private static final int LONGEST_LINE = 1 << 23;

  private final Path file;

  History(Path folder) {
    file = folder.resolve(FILE);
  }

  /** Takes an event. */
  interface Taker {
    /**
     * Called once for each.
     *
     * @param place the number of its line
     */
    void take(long place, ClassEvent event) throws IOException;
  }

  /**
   * Hands out every event once, in order.
   *
   * @param unread counts lines that are no events
   * @throws RecordingFailure there is no such file, or it cannot be read
   */
  void read(Unread unread, Taker taker) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        Optional<ClassEvent> event =
            line.length() > LONGEST_LINE ? Optional.empty() : ClassEvent.read(line);
        if (event.isPresent()) {
          taker.take(number, event.get());
        } else {
          unread.count(ClassEvent.Kind.LINE, number);
        }
      }
    } catch (NoSuchFileException e) {
      throw new RecordingFailure(
          FailureCategory.USER, "No class in " + file.getParent() + ": it has no " + FILE, e);
    } catch (IOException e) {
      throw new RecordingFailure(FailureCategory.USER, "Reading " + file + ": " + e, e);
    }
  }
}
