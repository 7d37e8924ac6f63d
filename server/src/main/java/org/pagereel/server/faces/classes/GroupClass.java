package org.pagereel.server.faces.classes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.server.core.replay.ClassSource;
import org.pagereel.server.core.replay.ClassUnavailable;
import org.pagereel.server.core.replay.ReplayFailure.Cause;
import org.pagereel.server.faces.im.GroupPost;
import org.pagereel.server.faces.im.HistoryFailure;

/**
 * A class as the messages of its group. They are written into the folder first, and stay there: if
 * an earlier attempt or an earlier version has left them, they are not asked for again.
 */
public final class GroupClass implements ClassSource {
  private final ClassMessages messages;

  private final Jdbi jdbi;

  public GroupClass(ClassMessages messages, Jdbi jdbi) {
    this.messages = messages;
    this.jdbi = jdbi;
  }

  @Override
  public boolean isComplete(String scope, String groupId) {
    return jdbi.withHandle(handle ->
        GroupPost.find(handle, Long.parseLong(scope), groupId)
            .map(group -> ClassTables.state(handle, group.number()).isComplete())
            .orElse(true));
  }

  @Override
  public long write(String scope, String groupId, Path folder)
      throws IOException, ClassUnavailable {
    Path written = folder.resolve(ClassMessages.FILE);
    try {
      if (!Files.exists(written)) {
        var _ = messages.write(Long.parseLong(scope), groupId, folder);
      }
      return Files.size(written) == 0 ? 0 : ClassTranslation.write(written);
    } catch (RecordingFailure e) {
      throw new ClassUnavailable(Cause.REFUSED, String.valueOf(e.getMessage()));
    } catch (HistoryFailure e) {
      if (e.isWorthRepeating()) {
        throw new IOException(e.getMessage(), e);
      }
      throw new ClassUnavailable(Cause.NO_MESSAGES, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
