package org.pagereel.server.platform.fleet;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Who takes the next piece of work: the node that has most room. Nobody assigns it. Each node knows
 * from the others' heartbeats how many have more room than itself, and lets as many turns pass
 * first; so the emptiest takes it at once, and if that one does not, the next does.
 */
final class Placement {
  /** A node needs so long to claim what is its turn. */
  static final Duration TURN = Duration.ofMillis(250);

  /** A node that knows little of the others waits so many turns at the most. */
  private static final int MOST_TURNS = 3;

  private Placement() {}

  /**
   * The time that a piece must have waited before this node takes it.
   *
   * @param own what this node could take now
   * @param others the other nodes that take work, as their last heartbeats said
   */
  static Duration wait(NodeLoad own, Collection<NodeLoad> others) {
    List<NodeLoad> emptier = others.stream().filter(load -> ORDER.compare(load, own) < 0).toList();
    return TURN.multipliedBy(Math.min(emptier.size(), MOST_TURNS));
  }

  /** A warm recorder is half a place more: it starts a recording in a fraction of the time. */
  private static final double WARM = 0.5;

  /** The emptiest first. Nodes that are equal take turns as they happen to come. */
  static final Comparator<NodeLoad> ORDER =
      Comparator.comparingDouble((NodeLoad load) -> load.room() + (load.warm() > 0 ? WARM : 0))
          .reversed();
}
