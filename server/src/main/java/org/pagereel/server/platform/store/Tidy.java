package org.pagereel.server.platform.store;

import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes what a face does not need any more; in small transactions, since others wait for them.
 */
public interface Tidy {
  void clean(Jdbi jdbi, Instant now);
}
