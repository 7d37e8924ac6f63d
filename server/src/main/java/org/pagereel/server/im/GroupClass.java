package org.pagereel.server.im;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.replay.ClassSource;
import tools.jackson.databind.node.ObjectNode;

/** A class as its group's messages, page by page from the store. */
public final class GroupClass implements ClassSource {
  private static final int PAGE = 500;

  private final GroupHistory history;

  public GroupClass(Jdbi jdbi) {
    this.history = new GroupHistory(jdbi);
  }

  @Override
  public long write(String scope, String groupId, Path folder) throws IOException {
    Path fresh = folder.resolve("." + MESSAGES + ".new");
    try {
      long messages = writeAll(Long.parseLong(scope), groupId, fresh);
      Files.move(fresh, folder.resolve(MESSAGES), StandardCopyOption.ATOMIC_MOVE);
      return messages;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private long writeAll(long sdkAppId, String groupId, Path file) throws IOException {
    long messages = 0;
    long after = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      List<GroupMessage> page;
      do {
        page = history.read(sdkAppId, groupId, after, PAGE);
        for (GroupMessage message : page) {
          ObjectNode line = MessageActions.message(message);
          line.put("MsgTimeMillis", message.at().toEpochMilli());
          out.write(Json.LINES.writeValueAsString(line) + "\n");
          after = message.seq();
          messages++;
        }
      } while (page.size() == PAGE);
    }
    return messages;
  }
}
