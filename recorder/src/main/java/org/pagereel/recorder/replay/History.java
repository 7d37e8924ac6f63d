package org.pagereel.recorder.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

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
   * @param unread counts what cannot be read
   * @return how many are missing
   * @throws RecordingFailure there is no such file, or it cannot be read
   */
  long read(Unread unread, Taker taker) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      long seen = 0;
      long last = 0;
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        Optional<ClassMessage> message = message(line, number, unread);
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

  /** Empty for a hole, and for what is no message, which is counted. */
  private static Optional<ClassMessage> message(String line, long number, Unread unread) {
    if (line.isBlank()) {
      return Optional.empty();
    }
    if (line.length() <= LONGEST_LINE) {
      try {
        JsonNode node = Json.LINES.readTree(line);
        if (ClassMessage.isMessage(node)) {
          return ClassMessage.of(node, unread);
        }
      } catch (JacksonException e) {
        // Counted below, as everything that is no message.
      }
    }
    unread.count(Unread.Kind.LINE, number);
    return Optional.empty();
  }
}
