package org.pagereel.server.core.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A kind of work. Each piece has an id and a row of its own in the store; what the row says counts,
 * and the queue only sees to it that one node at a time works on it.
 *
 * <p>A piece waits in its own table until there is room for it: waiting costs no writes. Then it is
 * let in, claimed, and worked on.
 */
public interface WorkKind {
  /** What became of a piece. */
  enum Outcome {
    /** Nothing is left to do. */
    DONE,
    /** It has begun, and goes on after {@link #pause}. */
    AGAIN,
    /** It waits for room, as it did before it was let in. */
    WAITS,
    /** It was offered to other nodes, and its task was given free. */
    OFFERED
  }

  /** The name in the queue. It never changes. */
  String name();

  /** Works on a piece that this node has claimed. */
  Outcome work(String id);

  /** The ids of all pieces that have begun and have not ended. */
  List<String> begun(Handle handle);

  /**
   * Takes the waiting piece that is next, if there is room for it here.
   *
   * @param letIn pieces that were taken already and may still be seen as waiting
   * @param leastWait pieces that have waited for less time are left to nodes with more room
   */
  default Optional<String> letIn(Set<String> letIn, Duration leastWait) {
    return Optional.empty();
  }

  /** A piece that this node took is another's: it was a moment sooner. */
  default void passed(String id) {}

  /** Who works on a piece, or did so last. */
  default Claim claim(String id) {
    return Claim.NONE;
  }

  /** Whether this node has just failed to go on with what another one had: others try first. */
  default boolean refuses(String id) {
    return false;
  }

  /** The time until a piece goes on that said {@link Outcome#AGAIN}. */
  default Duration pause(String id) {
    return WorkQueue.AGAIN;
  }
}
