package org.pagereel.server.im;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.replay.ClassSource;
import org.pagereel.server.replay.ClassUnavailable;
import org.pagereel.server.replay.ReplayFailure.Cause;

/** A class as its group's messages, page by page from the store. */
public final class GroupClass implements ClassSource {
  private static final int PAGE = 500;
  private static final Duration LONGEST = Duration.ofHours(24);

  private final GroupHistory history;

  public GroupClass(Jdbi jdbi) {
    this.history = new GroupHistory(jdbi);
  }

  @Override
  public long write(String scope, String groupId, Path folder)
      throws IOException, ClassUnavailable {
    Path fresh = folder.resolve("." + MESSAGES + ".new");
    try {
      long messages = writeAll(Long.parseLong(scope), groupId, fresh);
      if (messages == 0) {
        throw new ClassUnavailable(
            Cause.NO_MESSAGES,
            "There are no messages of the group " + groupId + ": it never was, or they are gone");
      }
      Files.move(fresh, folder.resolve(MESSAGES), StandardCopyOption.ATOMIC_MOVE);
      return messages;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private long writeAll(long sdkAppId, String groupId, Path file)
      throws IOException, ClassUnavailable {
    Span span = new Span();
    long messages = 0;
    long after = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      List<GroupMessage> page;
      do {
        page = history.read(sdkAppId, groupId, after, PAGE);
        for (GroupMessage message : page) {
          span.add(message);
          out.write(
              Json.LINES.writeValueAsString(
                  MessageActions.message(message)
                      .put("MsgTimeMillis", message.at().toEpochMilli())));
          out.write("\n");
          after = message.seq();
          messages++;
        }
      } while (page.size() == PAGE);
    }
    span.check(groupId);
    return messages;
  }

  /** From the first to the last message of the class; chat may go on for days. */
  private static final class Span {
    private @Nullable Instant first;
    private Instant last = Instant.EPOCH;

    void add(GroupMessage message) {
      if (message.body().contains("TIMCustomElem")) {
        first = first == null ? message.at() : first;
        last = message.at();
      }
    }

    void check(String groupId) throws ClassUnavailable {
      if (first != null && Duration.between(first, last).compareTo(LONGEST) > 0) {
        throw new ClassUnavailable(
            Cause.TOO_LONG,
            "The class in the group %s took longer than 24 hours: from %s to %s; a group is for one"
                    .formatted(groupId, first, last)
                + " class");
      }
    }
  }
}
