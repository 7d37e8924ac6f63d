package org.pagereel.server.platform.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which nodes a node watches: a few, so that what all nodes read together does not grow with the
 * square of their number. Nodes stand in a circle, in an order that has nothing to do with their
 * names, because nodes with like names may die together; each watches those that come after it.
 */
final class Neighbours {
  /** So many must die in the same moment for nobody to see the death of one. */
  static final int WATCHED = 8;

  private static final Comparator<String> CIRCLE =
      Comparator.comparingInt(Neighbours::scattered).thenComparing(Comparator.naturalOrder());

  private Neighbours() {}

  /** Whether a node can as well watch all of so many. */
  static boolean areFew(int nodes) {
    return nodes <= WATCHED + 1;
  }

  /** The names of those that this node watches. */
  static List<String> of(String own, List<Node> nodes) {
    List<String> circle = new ArrayList<>();
    for (Node node : nodes) {
      if (node.isThere() && !node.name().equals(own)) {
        circle.add(node.name());
      }
    }
    circle.sort(CIRCLE);
    int next = 0;
    while (next < circle.size() && CIRCLE.compare(circle.get(next), own) < 0) {
      next++;
    }
    List<String> watched = new ArrayList<>();
    for (int i = 0; i < Math.min(WATCHED, circle.size()); i++) {
      watched.add(circle.get((next + i) % circle.size()));
    }
    return watched;
  }

  private static int scattered(String name) {
    int mixed = name.hashCode() * 0x9E3779B9;
    return (mixed ^ (mixed >>> 15)) * 0x85EBCA6B;
  }
}
