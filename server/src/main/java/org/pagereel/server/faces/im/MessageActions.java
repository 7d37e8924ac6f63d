package org.pagereel.server.faces.im;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.store.GroupCommit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Sends messages and reads them back. Answers have the documented fields in the documented order.
 */
final class MessageActions {
  private static final int MAX_AT_ONCE = 20;

  private final Jdbi jdbi;
  private final GroupCommit commits;

  MessageActions(Jdbi jdbi, GroupCommit commits) {
    this.jdbi = jdbi;
    this.commits = commits;
  }

  /**
   * {@code send_group_msg}.
   *
   * @throws ImError 10004, 10010, 10015, 80002
   */
  ObjectNode send(Caller caller, Body body, Instant now) {
    String id = GroupId.of(body);
    NewMessage message = NewMessage.of(body, caller.identifier());
    Sent sent =
        commits.write(
            handle -> GroupMessages.send(handle, LivingGroup.of(handle, caller, id), message, now));
    return ImAnswer.ok().put("MsgTime", sent.at().getEpochSecond()).put("MsgSeq", sent.seq());
  }

  /**
   * {@code group_msg_get_simple}: newest first, at most 20. Without {@code ReqMsgSeq} it begins
   * with the newest; 0 is before the first, so that a client which counts down to it comes to an
   * end.
   *
   * @throws ImError 10004, 10010, 10015
   */
  ObjectNode page(Caller caller, Body body) {
    String id = GroupId.of(body);
    long asked = body.requiredNumber("ReqMsgNumber", 1, Integer.MAX_VALUE);
    long newest = body.number("ReqMsgSeq", 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
    return jdbi.withHandle(
        handle -> page(handle, LivingGroup.of(handle, caller, id), asked, newest));
  }

  private static ObjectNode page(Handle handle, Group group, long asked, long newest) {
    long to = group.type().keepsMessages() ? Math.min(newest, group.lastSeq()) : 0;
    long from = Math.max(1, to - Math.min(asked, MAX_AT_ONCE) + 1);
    Map<Long, GroupMessage> kept = new HashMap<>();
    GroupMessages.between(handle, group, from, to)
        .forEach(message -> kept.put(message.seq(), message));
    ObjectNode answer =
        Json.LINES
            .createObjectNode()
            .put("ActionStatus", "OK")
            .put("ErrorCode", 0)
            .put("GroupId", group.id())
            .put("IsFinished", asked <= MAX_AT_ONCE || from == 1 ? 1 : 0);
    ArrayNode list = answer.putArray("RspMsgList");
    for (long seq = to; seq >= from; seq--) {
      GroupMessage message = kept.get(seq);
      list.add(message == null ? hole(seq) : message(message));
    }
    return answer;
  }

  /** As an item of {@code RspMsgList}. */
  static ObjectNode message(GroupMessage message) {
    ObjectNode node =
        Json.LINES.createObjectNode().put("From_Account", message.sender()).put("IsPlaceMsg", 0);
    node.putRawValue("MsgBody", new RawValue(message.body()));
    if (message.cloudData() != null) {
      node.put("CloudCustomData", message.cloudData());
    }
    return node.put("MsgRandom", message.random())
        .put("MsgSeq", message.seq())
        .put("MsgTimeStamp", message.at().getEpochSecond());
  }

  /** A number whose message was not kept, or is not any more. */
  private static ObjectNode hole(long seq) {
    ObjectNode node = Json.LINES.createObjectNode().put("From_Account", "").put("IsPlaceMsg", 1);
    node.putArray("MsgBody");
    return node.put("MsgRandom", 0).put("MsgSeq", seq).put("MsgTimeStamp", 0);
  }
}
