package org.pagereel.server.faces.im;

import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.ObjectNode;

/** Makes groups and dissolves them. */
final class GroupActions {
  private static final int LONGEST_NAME = 100;

  private final Jdbi jdbi;
  private final GroupId ids = new GroupId();

  GroupActions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * {@code create_group}: answers with the group's id.
   *
   * @throws ImError 10004, 10015; 10021: a living group has this id
   */
  ObjectNode create(Caller caller, Body body, Instant now) {
    GroupType type = GroupType.of(body);
    String name = body.requiredText("Name", LONGEST_NAME);
    String owner = Account.of(body, "Owner_Account").orElse("");
    String given = body.text("GroupId", 1000).orElse("").isEmpty() ? "" : GroupId.ofNew(body);
    String id = given.isEmpty() ? ids.next() : given;
    boolean made =
        jdbi.inTransaction(
            handle -> Groups.create(handle, caller.app().sdkAppId(), id, type, name, owner, now));
    if (!made) {
      throw body.wrong(ImCode.GROUP_ID_IN_USE, "GroupId", "an id that no group has");
    }
    return ImAnswer.ok().put("GroupId", id);
  }

  /**
   * {@code destroy_group}: nobody sends to it or reads it by this API afterwards; what was sent
   * stays in the store for the replay.
   *
   * @throws ImError 10010, 10015
   */
  ObjectNode destroy(Caller caller, Body body, Instant now) {
    String id = GroupId.of(body);
    jdbi.useTransaction(handle -> Groups.destroy(handle, LivingGroup.of(handle, caller, id), now));
    return ImAnswer.ok();
  }
}
