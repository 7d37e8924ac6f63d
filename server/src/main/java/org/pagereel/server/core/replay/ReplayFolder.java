package org.pagereel.server.core.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.pagereel.recorder.LinkedFile;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.replay.ReplayFailure.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task's folder, as the class goes into it. */
record ReplayFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayFolder.class);

  private static final Set<String> MEDIA = Set.of("mp4", "mkv", "m4a", "mp3", "webm", "ts");

  /**
   * Goes on where another node has begun: brings what it has finished. That node may still be at
   * work, so nothing is shared but media, which nobody changes once they have their name.
   */
  void goOnFrom(Path other) throws IOException {
    try (Stream<Path> files = Files.walk(other)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        Path target = path.resolve(other.relativize(file));
        if (!name.startsWith(".") && !Files.exists(target)) {
          Files.createDirectories(target.getParent());
          if (MEDIA.contains(name.substring(name.lastIndexOf('.') + 1))) {
            LinkedFile.make(file, target);
          } else {
            LinkedFile.copy(file, target);
          }
        }
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      LOG.info("It went while it was read, so it is begun anew: {}", e.toString());
    }
  }

  /**
   * Puts the class in, once: what an attempt before has begun with stays as it was.
   *
   * @throws ClassUnavailable there is nothing to replay, or too much
   */
  void fill(ReplayTask task, ClassSource source) throws IOException, ClassUnavailable {
    Files.createDirectories(path);
    if (!Files.exists(path.resolve(ReplayRequest.FILE))) {
      WholeFile.write(
          path.resolve(ReplayRequest.FILE), Json.PRETTY.writeValueAsString(task.request()));
    }
    Path events = path.resolve(ClassEvent.FILE);
    if (!Files.exists(events)) {
      long written = source.write(task.scope(), task.subject(), path);
      LOG.info("{} messages of {}", written, task.subject());
    }
    if (!Files.exists(events) || Files.size(events) == 0) {
      throw new ClassUnavailable(
          Cause.NO_MESSAGES,
          "There are no messages of the group %s: it never was, or they are gone"
              .formatted(task.subject()));
    }
    ClassSpan.check(events, task.subject());
  }
}
