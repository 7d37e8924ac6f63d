package org.pagereel.server.faces.im;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.node.ArrayNode;

/** Finds groups, and sends to them what this server itself has to say. */
public final class GroupPost {
  private static final long RANDOMS = 1L << 32;

  private final SecureRandom random = new SecureRandom();

  /**
   * The last group that had this id; it may be dissolved, its messages are then still there.
   *
   * @throws ImError 10010
   */
  public static Group newest(Handle handle, long sdkAppId, String id) {
    return find(handle, sdkAppId, id)
        .orElseThrow(() ->
            ImCode.NO_GROUP.error(
                "GroupId is " + id + "; allowed: a group whose messages are still kept"));
  }

  /** The same, if there is one. */
  public static Optional<Group> find(Handle handle, long sdkAppId, String id) {
    return Groups.newest(handle, sdkAppId, id);
  }

  /**
   * The group of a call that is about a class which goes on.
   *
   * @throws ImError 10010
   */
  public static Group living(Handle handle, Caller caller, String id) {
    return LivingGroup.of(handle, caller, id);
  }

  /**
   * Refuses a group that keeps no messages.
   *
   * @throws ImError 10004
   */
  public static void checkKeeps(Group group) {
    if (!group.type().keepsMessages()) {
      throw ImCode.BAD_PARAMETER.error(
          "GroupId is %s, an AVChatRoom, which keeps no messages; allowed: Private, Public, ChatRoom"
              .formatted(group.id()));
    }
  }

  /**
   * Sends a {@code TIMCustomElem}, which is not mistaken for the repetition of another message; in
   * a transaction.
   *
   * @throws ImError 10004: the group keeps no messages; 80002: it has more than 8,000 bytes
   */
  public Sent custom(
      Handle handle, Group group, String sender, String data, String ext, Instant now) {
    checkKeeps(group);
    ArrayNode body = Json.LINES.createArrayNode();
    body.addObject()
        .put("MsgType", "TIMCustomElem")
        .putObject("MsgContent")
        .put("Data", data)
        .put("Desc", "")
        .put("Ext", ext);
    NewMessage message = NewMessage.ours(sender, random.nextLong(RANDOMS), body.toString());
    while (GroupMessages.isThere(handle, group, message, now)) {
      message = NewMessage.ours(sender, random.nextLong(RANDOMS), body.toString());
    }
    return GroupMessages.send(handle, group, message, now);
  }
}
