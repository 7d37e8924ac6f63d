package org.pagereel.server.faces.classes;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.folder.ClassEvent.Kind;

/**
 * Translates a group's messages into the events of a class (docs/CLASS_FOLDER.md), one line after
 * the other: nothing is kept in memory. It reads a message once, however often it is there.
 */
final class ClassTranslation {
  private static final Map<Kind, String> WORDS =
      Map.of(
          Kind.LINE, "lines of the history are no messages",
          Kind.DATA, "custom elements are no JSON objects",
          Kind.CLOCK, "comparisons of clocks (1003, 1008) have no two times, and do not count",
          Kind.FILE, "files (1004) are more than a class may have");

  /** The recorder looks into fewer, so that more would only fill the disk. */
  private static final int MAX_BOARD_FILES = 10_000;

  private final Path messages;
  private final BufferedWriter out;
  private int boardFiles;
  private long last;
  private long count;

  private ClassTranslation(Path messages, BufferedWriter out) {
    this.messages = messages;
    this.out = out;
  }

  /**
   * Writes {@link ClassEvent#FILE} beside the messages, as a whole; one that is there is replaced.
   *
   * @param messages {@code messages.jsonl}
   * @return the number of messages
   * @throws RecordingFailure the messages cannot be read
   * @throws IOException the folder cannot be written
   */
  static long write(Path messages) throws IOException {
    Path target = messages.resolveSibling(ClassEvent.FILE);
    Path fresh = messages.resolveSibling("." + ClassEvent.FILE + ".new");
    try (BufferedReader lines = open(messages)) {
      long count;
      try (BufferedWriter out = Files.newBufferedWriter(fresh, StandardCharsets.US_ASCII)) {
        ClassTranslation translation = new ClassTranslation(messages, out);
        translation.run(lines);
        count = translation.count;
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private void run(BufferedReader lines) throws IOException {
    write(new ClassEvent.Source(String.valueOf(messages.getFileName()), WORDS));
    long number = 0;
    for (String line = next(lines); line != null; line = next(lines)) {
      number++;
      Optional<HistoryItem> item = HistoryItem.of(line);
      if (item.isPresent()) {
        take(item.get());
      } else if (!line.isBlank()) {
        write(new ClassEvent.Unread(Kind.LINE, null, number, 0));
      }
    }
  }

  private void take(HistoryItem item) throws IOException {
    for (ClassEvent event : ItemEvents.broken(item)) {
      write(event);
    }
    if (item.isHole() || item.seq() <= last) {
      return;
    }
    if (item.seq() > last + 1) {
      write(new ClassEvent.Hole(item.seq() - last - 1));
    }
    last = item.seq();
    count++;
    for (ClassEvent event : ItemEvents.of(item)) {
      if (!(event instanceof ClassEvent.BoardFile) || ++boardFiles <= MAX_BOARD_FILES) {
        write(event);
      }
    }
  }

  private void write(ClassEvent event) throws IOException {
    out.write(event.written());
    out.write('\n');
  }

  private static BufferedReader open(Path messages) {
    try {
      return Files.newBufferedReader(messages);
    } catch (IOException e) {
      throw unreadable(messages, e);
    }
  }

  private @Nullable String next(BufferedReader lines) {
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw unreadable(messages, e);
    }
  }

  private static RecordingFailure unreadable(Path messages, IOException e) {
    return new RecordingFailure(FailureCategory.USER, "Reading " + messages + ": " + e, e);
  }
}
