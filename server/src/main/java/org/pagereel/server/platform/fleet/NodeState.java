package org.pagereel.server.platform.fleet;

/** What is known of a node. */
public enum NodeState {
  /** It takes work. */
  UP,
  /** It goes on with its work, and takes no more. */
  DRAINING,
  /** It has ended by itself, and left no work behind. */
  ENDED,
  /** It was silent for too long, and its work was given to others. */
  LOST
}
