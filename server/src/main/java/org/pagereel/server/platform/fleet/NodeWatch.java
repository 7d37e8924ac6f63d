package org.pagereel.server.platform.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pagereel.recorder.liveness.Silence;

/**
 * Which of the other nodes are lost. A node is lost when its heartbeats do not change for {@link
 * Lease#LENGTH} by this node's own steady clock, so that nobody's clock matters. Silence counts
 * only while this node itself reaches the database: see {@link Reach}.
 */
final class NodeWatch {
  /** The time between two heartbeats, and two looks. */
  static final Duration EVERY = Duration.ofSeconds(1);

  private final String own;
  private final Reach reach;
  private final Map<String, Heard> heard = new HashMap<>();

  private record Heard(String incarnation, long beat, Silence silence) {
    boolean isOf(Node node) {
      return incarnation.equals(node.incarnation());
    }
  }

  /**
   * Begins to watch.
   *
   * @param own this node's name, which is not watched
   */
  NodeWatch(String own, Instant now) {
    this.own = own;
    this.reach = new Reach(now);
  }

  /** The nodes as the database has them now; returns those that are lost. */
  List<Node> saw(List<Node> nodes, Instant now) {
    if (!reach.reached(now)) {
      heard.clear();
    }
    List<Node> others =
        nodes.stream().filter(node -> !node.name().equals(own)).filter(Node::isThere).toList();
    heard.keySet().retainAll(others.stream().map(Node::name).toList());
    List<Node> silent = others.stream().filter(node -> isSilent(node, now)).toList();
    return reach.mayClaim(now) ? silent : List.of();
  }

  private boolean isSilent(Node node, Instant now) {
    Heard before = heard.get(node.name());
    if (before == null || !before.isOf(node)) {
      heard.put(node.name(), new Heard(node.incarnation(), node.beat(), new Silence(EVERY, now)));
      return false;
    }
    if (before.beat() != node.beat()) {
      heard.put(node.name(), new Heard(node.incarnation(), node.beat(), before.silence()));
      before.silence().broken();
    }
    return before.silence().look(now).compareTo(Lease.LENGTH) >= 0;
  }

  /** How soon the first of those that are silent will be lost, if that is before the next look. */
  Optional<Duration> soonest() {
    return heard.values().stream()
        .map(one -> Lease.LENGTH.minus(one.silence().lasted()))
        .filter(left -> left.isPositive() && left.compareTo(EVERY) < 0)
        .min(Comparator.naturalOrder());
  }

  /** The database did not answer. */
  void failed() {
    reach.failed();
  }

  /** Whether anything may be claimed, be it new or a lost node's. */
  boolean mayClaim(Instant now) {
    return reach.mayClaim(now);
  }
}
