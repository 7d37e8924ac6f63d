package org.pagereel.server.platform.fleet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which node should look first for what has just begun to wait: the one with most room, after what
 * this node has sent it since its last heartbeat. It is a hint; whoever has room takes what waits.
 */
final class Chosen {
  private final Map<String, Integer> sent = new HashMap<>();
  private List<Node> known = List.of();

  /**
   * Chooses one, and counts it as busier from now on.
   *
   * @param nodes as the last heartbeat found them
   */
  synchronized Optional<String> next(List<Node> nodes) {
    if (!nodes.equals(known)) {
      known = nodes;
      sent.clear();
    }
    List<Node> able = new ArrayList<>();
    for (Node node : nodes) {
      if (node.state() == NodeState.UP && load(node).hasRoom()) {
        able.add(node);
      }
    }
    Collections.shuffle(able); // two nodes that choose at the same time should not choose alike
    Optional<String> next =
        able.stream().min(Comparator.comparing(this::load, Placement.ORDER)).map(Node::name);
    next.ifPresent(name -> sent.merge(name, 1, Integer::sum));
    return next;
  }

  private NodeLoad load(Node node) {
    return node.load().after(sent.getOrDefault(node.name(), 0));
  }
}
