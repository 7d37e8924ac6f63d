package org.pagereel.server.faces.im;

import org.jdbi.v3.core.Handle;

/** The group that a call is about. */
final class LivingGroup {
  private LivingGroup() {}

  /**
   * Finds it.
   *
   * @throws ImError 10010
   */
  static Group of(Handle handle, Caller caller, String id) {
    return Groups.living(handle, caller.app().sdkAppId(), id)
        .orElseThrow(() ->
            ImCode.NO_GROUP.error(
                "GroupId is " + id + "; allowed: a group that exists and was not destroyed"));
  }
}
