package org.pagereel.server.core.replay;

import org.jdbi.v3.core.Handle;

/** A face that wants to know of changes to its tasks. */
public interface ReplayAnnouncer {
  /**
   * Called inside the transaction that stores the change, so that what the face writes with the
   * same handle becomes true together with it.
   */
  void changed(Handle transaction, ReplayTask before, ReplayTask now);
}
