package org.pagereel.server.faces.classes;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.im.Group;
import org.pagereel.server.faces.im.GroupPost;
import org.pagereel.server.faces.im.Sent;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the messages of the class protocol to a class's group. The documents say neither what
 * carries them nor how it is marked; we send them as the vendor's later clients send theirs
 * (docs/vendors/tencent.md, "Class protocol").
 */
final class ClassPost {
  static final int TIME_LINE = 1003;
  static final int VIDEO = 1004;
  static final String EXT = "TXConferenceExt";

  private static final int LEAST_SEQ = 10_000;
  private static final int LARGEST_SEQ = 100_000_000;

  private final SecureRandom random = new SecureRandom();
  private final GroupPost post = new GroupPost();

  /** The client's clock shows this at this moment. */
  Sent timeLine(
      Handle handle, Group group, String sender, String user, long clockMillis, Instant now) {
    ObjectNode message =
        message(TIME_LINE).put("timestamp", clockMillis).put("time_line", now.toEpochMilli());
    message.putObject("value").put("uid", user);
    return post.custom(handle, group, sender, message.toString(), EXT, now);
  }

  /** Returns the number of the message about this video, which is sent unless there is one. */
  long video(Handle handle, Group group, String sender, Video video, Instant now) {
    Optional<Long> before = ClassTables.message(handle, group.number(), video.id());
    if (before.isPresent()) {
      return before.get();
    }
    ObjectNode value = video.value();
    ObjectNode message = message(VIDEO).put("timestamp", now.getEpochSecond());
    message.set("value", value);
    Sent sent = post.custom(handle, group, sender, message.toString(), EXT, now);
    ClassTables.add(handle, group.number(), sent.seq(), video.id(), value.toString());
    return sent.seq();
  }

  private ObjectNode message(int type) {
    return Json.LINES
        .createObjectNode()
        .put("type", type)
        .put("seq", random.nextInt(LEAST_SEQ, LARGEST_SEQ + 1));
  }
}
