package org.pagereel.server.faces.classes;

import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.im.Body;
import org.pagereel.server.faces.im.Caller;
import org.pagereel.server.faces.im.Group;
import org.pagereel.server.faces.im.GroupId;
import org.pagereel.server.faces.im.GroupPost;
import org.pagereel.server.faces.im.ImAnswer;
import org.pagereel.server.faces.im.ImCode;
import org.pagereel.server.faces.im.ImError;
import org.pagereel.server.platform.store.GroupCommit;
import tools.jackson.databind.node.ObjectNode;

/** Takes the files of a class itself. */
final class UploadActions {
  private static final Set<String> NUMBERS = Set.of("start_time", "duration");

  private final Jdbi jdbi;
  private final GroupCommit commits;
  private final Uploads uploads;
  private final ClassPost post;
  private final InstantSource clock;

  UploadActions(
      Jdbi jdbi, GroupCommit commits, Uploads uploads, ClassPost post, InstantSource clock) {
    this.clock = clock;
    this.jdbi = jdbi;
    this.commits = commits;
    this.uploads = uploads;
    this.post = post;
  }

  /** The parameters of the query. */
  private record Asked(
      String group,
      String user,
      Kind kind,
      long start,
      Optional<Long> millis,
      Optional<String> id) {
    static Asked of(Map<String, String> query) {
      ObjectNode fields = Json.LINES.createObjectNode();
      query.forEach((name, value) -> {
        if (NUMBERS.contains(name) && value.matches("\\d{1,18}")) {
          fields.put(name, Long.parseLong(value));
        } else {
          fields.put(name, value);
        }
      });
      Body body = Body.of(fields);
      return new Asked(
          GroupId.of(body, "groupid"),
          VideoFields.user(body, "userid"),
          Kind.of(body, "kind"),
          VideoFields.millis(body, "start_time"),
          VideoActions.duration(body, "duration"),
          VideoFields.id(body, "video_id"));
    }
  }

  /**
   * {@code upload_video}: the request's body is the file.
   *
   * @param who finds out who calls
   * @param announced the body's size, negative if the client does not say
   * @throws ImError 10004; 10010; 80002: too large; 60002: broken off; 10002: the disk is full
   */
  ObjectNode upload(
      Supplier<Caller> who, Map<String, String> query, InputStream body, long announced) {
    try {
      Caller caller = who.get();
      Asked asked = Asked.of(query);
      long largest = caller.app().uploadBytes();
      if (announced > largest) {
        throw UploadBody.tooLarge(announced + " bytes", largest);
      }
      var _ = jdbi.withHandle(handle -> group(handle, caller, asked)); // before all of it has come
      return uploads.take(body, announced, largest, received -> enter(caller, asked, received));
    } catch (UploadFailure e) {
      UploadBody.drain(body);
      throw code(e.kind()).error(e.message());
    } catch (ImError e) {
      UploadBody.drain(body);
      throw e;
    }
  }

  private static Group group(Handle handle, Caller caller, Asked asked) {
    Group group = GroupPost.newest(handle, caller.app().sdkAppId(), asked.group());
    GroupPost.checkKeeps(group);
    return group;
  }

  private ObjectNode enter(Caller caller, Asked asked, Uploads.Received received) {
    String id = asked.id().orElse(received.id());
    return commits.write(handle -> {
      Group group = group(handle, caller, asked);
      // The time may have passed while the file came.
      Instant now = clock.instant();
      if (ClassTables.message(handle, group.number(), id).isEmpty()) {
        ClassTables.addUpload(handle, group.number(), received.id(), received.bytes(), now);
      }
      Video video =
          VideoActions.video(
              asked.user(),
              asked.kind(),
              asked.start(),
              asked.millis(),
              BigDecimal.valueOf(received.bytes()),
              id,
              Video.UPLOAD + received.id());
      long seq = post.video(handle, group, caller.identifier(), video, now);
      return ImAnswer.ok().put("MsgSeq", seq).put("VideoId", id).put("FileSize", received.bytes());
    });
  }

  private static ImCode code(UploadFailure.Kind kind) {
    return switch (kind) {
      case EMPTY -> ImCode.BAD_PARAMETER;
      case TOO_LARGE -> ImCode.TOO_LONG;
      case BROKEN_OFF -> ImCode.BAD_HTTP;
      case NO_SPACE -> ImCode.SYSTEM;
    };
  }
}
