package org.pagereel.server.platform.fleet;

/**
 * A node, as all see it.
 *
 * @param name one process at a time has it
 * @param incarnation differs each time that a process takes the name
 * @param beat grows with each heartbeat
 * @param address of its API, for the other nodes
 * @param version of its program
 */
public record Node(
    String name,
    String incarnation,
    long beat,
    NodeState state,
    String address,
    String version,
    NodeLoad load) {

  boolean isThere() {
    return state == NodeState.UP || state == NodeState.DRAINING;
  }
}
