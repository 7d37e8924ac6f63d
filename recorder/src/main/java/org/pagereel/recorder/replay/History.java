package org.pagereel.recorder.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/** A class's messages, read as often as needed and never kept in memory as a whole. */
final class History {
  static final String FILE = "messages.jsonl";

  /** A message has 8,000 bytes at the most, and JSON may write each of them as six. */
  private static final int LONGEST_LINE = 1 << 20;

  private final Path file;

  History(Path folder) {
    file = folder.resolve(FILE);
  }

  /** Takes a message. */
  interface Taker {
    void take(ClassMessage message) throws IOException;
  }

  /**
   * Hands out every message once, in the order of their numbers.
   *
   * @return how many are missing
   * @throws RecordingFailure there is no such file, or it cannot be read
   */
  long read(Taker taker) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      long seen = 0;
      long last = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<ClassMessage> message =
            line.length() > LONGEST_LINE ? Optional.empty() : ClassMessage.parse(line);
        if (message.isPresent() && message.get().seq() > last) {
          last = message.get().seq();
          seen++;
          taker.take(message.get());
        }
      }
      return last - seen;
    } catch (NoSuchFileException e) {
      throw new RecordingFailure(
          FailureCategory.USER, "No class in " + file.getParent() + ": it has no " + FILE, e);
    } catch (IOException e) {
      throw new RecordingFailure(FailureCategory.USER, "Reading " + file + ": " + e, e);
    }
  }
}
