package org.pagereel.server.faces.im;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * What was sent to groups, for the replay; also to one that was destroyed, until its time is over.
 */
public final class GroupHistory {
  private final Jdbi jdbi;

  public GroupHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Messages in the order in which they were sent; numbers that are left out were not kept.
   *
   * @param groupId of several groups that had this id one after the other, the last one
   * @param after the first one has a larger number; 0 for the beginning
   * @param most the largest number; a shorter list is the end
   */
  public List<GroupMessage> read(long sdkAppId, String groupId, long after, int most) {
    return jdbi.withHandle(handle ->
        Groups.newest(handle, sdkAppId, groupId)
            .map(group -> GroupMessages.after(handle, group, after, most))
            .orElse(List.of()));
  }

  /**
   * The same of a group that was found before; nothing if its messages were deleted since.
   *
   * @param most the largest number
   */
  public List<GroupMessage> read(Group group, long after, int most) {
    return jdbi.withHandle(handle -> GroupMessages.after(handle, group, after, most));
  }

  /** The number of the newest message, kept or not; 0 for none. */
  public long lastSeq(long sdkAppId, String groupId) {
    return jdbi.withHandle(
        handle -> Groups.newest(handle, sdkAppId, groupId).map(Group::lastSeq).orElse(0L));
  }
}
