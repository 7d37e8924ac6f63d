package org.pagereel.server.core.files;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A face's recordings whose files are there, and whether that is over: what its rows name. */
public interface KeptFiles {
  /** Those whose files are to be deleted at this moment, oldest first. */
  List<String> due(Handle handle, Instant now);

  /** Notes that they were deleted. */
  void deleted(Handle handle, String id, Instant now);

  /** Whether they were; false for what is another face's. */
  boolean isDeleted(Handle handle, String id);
}
