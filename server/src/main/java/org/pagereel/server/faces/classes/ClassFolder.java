package org.pagereel.server.faces.classes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.folder.ClassEvent;

/**
 * A class's folder from anywhere (docs/CLASS_FOLDER.md). It has the events of the class, or the
 * messages of its group. A file of events that we have translated says so in its first line; no
 * other one is ever replaced or deleted.
 */
public final class ClassFolder {
  /** The first line of ours is shorter. */
  private static final int MAX_FIRST_LINE = 1 << 14;

  private ClassFolder() {}

  /**
   * Translates its messages, unless it has events of its own.
   *
   * @param folder absolute
   * @throws RecordingFailure it has neither, or cannot be read or written
   */
  public static void translate(Path folder) {
    Path messages = folder.resolve(ClassMessages.FILE);
    Path events = folder.resolve(ClassEvent.FILE);
    try {
      boolean isThere = Files.exists(events);
      if (isThere && !isTranslated(events)) {
        return;
      }
      if (Files.exists(messages)) {
        ClassTranslation.write(messages);
      } else if (!isThere) {
        throw new RecordingFailure(
            FailureCategory.USER,
            "No class in %s: it has no %s".formatted(folder, ClassMessages.FILE));
      }
    } catch (IOException e) {
      throw new RecordingFailure(FailureCategory.CAPACITY, "Replaying " + folder + ": " + e, e);
    }
  }

  /** Deletes the translation, which is made again if it is needed. */
  public static void tidy(Path folder) throws IOException {
    Path events = folder.resolve(ClassEvent.FILE);
    if (Files.exists(folder.resolve(ClassMessages.FILE))
        && Files.exists(events)
        && isTranslated(events)) {
      Files.delete(events);
    }
  }

  private static boolean isTranslated(Path events) throws IOException {
    try (InputStream in = Files.newInputStream(events)) {
      String begin = new String(in.readNBytes(MAX_FIRST_LINE), StandardCharsets.UTF_8);
      return begin
          .lines()
          .findFirst()
          .flatMap(ClassEvent::read)
          .filter(ClassEvent.Source.class::isInstance)
          .isPresent();
    }
  }
}
