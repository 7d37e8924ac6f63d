package org.pagereel.server.faces.classes;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.faces.im.Account;
import org.pagereel.server.faces.im.Body;
import org.pagereel.server.faces.im.Caller;
import org.pagereel.server.faces.im.Group;
import org.pagereel.server.faces.im.GroupId;
import org.pagereel.server.faces.im.GroupPost;
import org.pagereel.server.faces.im.ImAnswer;
import org.pagereel.server.faces.im.ImCode;
import org.pagereel.server.faces.im.Sent;
import org.pagereel.server.platform.store.GroupCommit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Time lines, and videos by their addresses. */
final class VideoActions {
  private static final long LONGEST_MILLIS = 7L * 24 * 3600 * 1000;

  private final Jdbi jdbi;
  private final GroupCommit commits;
  private final ClassPost post;
  private final SecureRandom random = new SecureRandom();

  VideoActions(Jdbi jdbi, GroupCommit commits, ClassPost post) {
    this.jdbi = jdbi;
    this.commits = commits;
    this.post = post;
  }

  /**
   * {@code report_timeline}: a client's clock, which becomes a message of type 1003 with ours.
   *
   * @throws org.pagereel.server.faces.im.ImError 10004, 10010, 10015; 60010: in another's name
   */
  ObjectNode timeLine(Caller caller, Body body, Instant now) {
    String id = GroupId.of(body, "GroupId");
    long clock = body.requiredNumber("Timestamp", 0, Long.MAX_VALUE);
    String user = Account.of(body, "UserId").orElse(caller.identifier());
    if (!user.equals(caller.identifier()) && !caller.isAdmin()) {
      throw body.wrong(
          ImCode.NO_ADMIN, "UserId", "identifier itself, or the app's admins call for others");
    }
    Sent sent =
        commits.write(handle ->
            post.timeLine(
                handle,
                GroupPost.living(handle, caller, id),
                caller.identifier(),
                user,
                clock,
                now));
    return ImAnswer.ok().put("TimeLine", sent.at().toEpochMilli()).put("MsgSeq", sent.seq());
  }

  /**
   * {@code register_video}.
   *
   * @throws org.pagereel.server.faces.im.ImError 10004, 10010, 10015
   */
  ObjectNode register(Caller caller, Body body, Instant now) {
    String groupId = GroupId.of(body, "GroupId");
    String id = VideoFields.id(body, "VideoId").orElseGet(this::made);
    Video video =
        video(
            VideoFields.user(body, "UserId"),
            Kind.of(body, "Kind"),
            VideoFields.millis(body, "StartTime"),
            duration(body, "Duration"),
            null,
            id,
            VideoFields.url(body, "VideoUrl"));
    long seq =
        commits.write(handle -> {
          Group group = GroupPost.newest(handle, caller.app().sdkAppId(), groupId);
          return post.video(handle, group, caller.identifier(), video, now);
        });
    return ImAnswer.ok().put("MsgSeq", seq).put("VideoId", id);
  }

  /**
   * {@code class_state}.
   *
   * @throws org.pagereel.server.faces.im.ImError 10004, 10010, 10015
   */
  ObjectNode state(Caller caller, Body body) {
    String id = GroupId.of(body, "GroupId");
    ClassState state =
        jdbi.withHandle(handle ->
            ClassTables.state(
                handle, GroupPost.newest(handle, caller.app().sdkAppId(), id).number()));
    ObjectNode answer =
        ImAnswer.ok()
            .put("GroupId", id)
            .put("Starts", state.starts())
            .put("Ends", state.ends())
            .put("Complete", state.isComplete());
    ArrayNode videos = answer.putArray("Videos");
    state.videos().forEach(value -> videos.add(Body.EXACT.readTree(value)));
    return answer;
  }

  /**
   * A video whose times were given in milliseconds.
   *
   * @param millis of media, if known
   * @param bytes of the file, if known
   */
  static Video video(
      String user,
      Kind kind,
      long start,
      Optional<Long> millis,
      @Nullable BigDecimal bytes,
      String id,
      String url) {
    return new Video(
        user,
        kind,
        BigDecimal.valueOf(start),
        millis.map(length -> BigDecimal.valueOf(start + length)).orElse(null),
        null,
        bytes,
        millis.map(length -> BigDecimal.valueOf(length, 3)).orElse(null),
        id,
        url);
  }

  static Optional<Long> duration(Body body, String name) {
    return body.number(name, 1, LONGEST_MILLIS);
  }

  private String made() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
