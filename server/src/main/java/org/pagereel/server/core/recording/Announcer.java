package org.pagereel.server.core.recording;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A face that wants to know of changes to its recordings. */
public interface Announcer {
  /**
   * Called inside the transaction that stores the change, so that what the face writes with the
   * same handle becomes true together with it.
   *
   * @param reason the reason to announce, if any
   */
  void changed(Handle transaction, Recording now, Optional<Reason> reason);
}
