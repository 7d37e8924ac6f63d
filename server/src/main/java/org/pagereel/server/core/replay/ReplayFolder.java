package org.pagereel.server.core.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.replay.ReplayFailure.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** A task's folder: the class that goes in, and the videos that come out. */
record ReplayFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayFolder.class);

  /** These stand in addresses. */
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,150}\\.mp4";

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
    if (!Files.exists(path.resolve(ClassSource.MESSAGES))) {
      long written = source.write(task.scope(), task.subject(), path);
      LOG.info("{} messages of {}", written, task.subject());
    }
    Path messages = path.resolve(ClassSource.MESSAGES);
    if (!Files.exists(messages) || Files.size(messages) == 0) {
      throw new ClassUnavailable(
          Cause.NO_MESSAGES,
          "There are no messages of the group %s: it never was, or they are gone"
              .formatted(task.subject()));
    }
    ClassSpan.check(messages, task.subject());
  }

  /** The result; empty while it is not complete. */
  Optional<ReplayResult> result() {
    Path file = path.resolve(ReplayResult.FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      ReplayResult result = Json.LINES.readValue(Files.readString(file), ReplayResult.class);
      for (StreamFile made : result.files().files()) {
        if (!made.file().matches(NAME) || !Files.isRegularFile(path.resolve(made.file()))) {
          LOG.error("{} names {}, which is no file of the folder", file, made.file());
          return Optional.empty();
        }
      }
      return Optional.of(result);
    } catch (IOException | JacksonException | NullPointerException e) {
      LOG.error("Cannot read {}", file, e);
      return Optional.empty();
    }
  }
}
