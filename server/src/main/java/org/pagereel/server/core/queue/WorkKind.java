package org.pagereel.server.core.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A kind of work. Each piece has an id and a row of its own in the store; what the row says counts,
 * and the queue only sees to it that one node at a time works on it.
 */
public interface WorkKind {
  /** The name in the queue. It never changes. */
  String name();

  /**
   * Works on a piece that this node has claimed.
   *
   * @return true if nothing is left to do; false: it is given out again after {@link #pause}
   */
  boolean work(String id);

  /** The ids of all pieces that wait or go on. */
  List<String> unfinished(Handle handle);

  /** The time until a piece that could not be taken is given out again. */
  default Duration pause(String id) {
    return WorkQueue.FULL;
  }

  /** The piece that should be looked at first, now that there is room for one. */
  default Optional<String> first(Handle handle) {
    return Optional.empty();
  }
}
