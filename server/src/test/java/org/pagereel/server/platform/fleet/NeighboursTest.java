package org.pagereel.server.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private static Node node(String name, NodeState state) {
    return new Node(name, "i", 1, state, "", "", NodeLoad.NONE);
  }

  private static List<Node> nodes(int count) {
    return IntStream.range(0, count).mapToObj(i -> node("node" + i, NodeState.UP)).toList();
  }

  @Test
  void ofAFewEachWatchesAllOthers() {
    assertThat(Neighbours.of("node1", nodes(4)))
        .containsExactlyInAnyOrder("node0", "node2", "node3");
    assertThat(Neighbours.of("alone", List.of(node("alone", NodeState.UP)))).isEmpty();
  }

  @Test
  void everyNodeOfManyIsWatchedByAsManyAsItWatches() {
    List<Node> all = nodes(200);
    List<String> watched = new ArrayList<>();
    all.forEach(node -> watched.addAll(Neighbours.of(node.name(), all)));
    for (Node node : all) {
      assertThat(watched.stream().filter(node.name()::equals)).hasSize(Neighbours.WATCHED);
      assertThat(Neighbours.of(node.name(), all)).doesNotContain(node.name());
    }
  }

  /** As a whole rack, whose nodes are named alike. */
  @Test
  void ofManyThatDieAtOnceEachIsSeenByOneThatLives() {
    List<Node> all = nodes(200);
    Set<String> seen = new HashSet<>();
    all.subList(20, 200).forEach(node -> seen.addAll(Neighbours.of(node.name(), all)));
    assertThat(seen).containsAll(all.subList(0, 20).stream().map(Node::name).toList());
  }

  @Test
  void whoIsGoneIsNotWatchedAndLeavesNoGap() {
    List<Node> all = new ArrayList<>(nodes(30));
    String gone = Neighbours.of("node7", all).getFirst();
    all.replaceAll(node -> node.name().equals(gone) ? node(gone, NodeState.LOST) : node);
    assertThat(Neighbours.of("node7", all)).hasSize(Neighbours.WATCHED).doesNotContain(gone);
    assertThat(Neighbours.of(gone, all)).as("one that comes back").hasSize(Neighbours.WATCHED);
  }
}
