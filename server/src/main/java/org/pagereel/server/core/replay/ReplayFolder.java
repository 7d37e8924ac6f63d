package org.pagereel.server.core.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
