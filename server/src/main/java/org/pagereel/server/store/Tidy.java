package org.pagereel.server.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Removes what a face does not need any more, in a transaction of its own. */
public interface Tidy {
  void clean(Handle transaction, Instant now);
}
