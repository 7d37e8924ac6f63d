package org.pagereel.server.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChosenTest {
  private final Chosen chosen = new Chosen();

  private static Node node(String name, NodeState state, double room, int warm) {
    return new Node(name, "i", 1, state, "http://" + name, "1", new NodeLoad(0, room, warm));
  }

  private List<String> next(List<Node> nodes, int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> chosen.next(nodes).orElse("nobody"))
        .sorted()
        .toList();
  }

  @Test
  void whatWasSentCountsUntilTheNextHeartbeat() {
    List<Node> nodes = List.of(node("a", NodeState.UP, 4, 0), node("b", NodeState.UP, 2, 0));
    assertThat(next(nodes, 2)).containsExactly("a", "a");
    assertThat(next(nodes, 4)).containsExactly("a", "a", "b", "b");
    assertThat(chosen.next(nodes)).isEmpty();
    List<Node> later = List.of(node("a", NodeState.UP, 1, 0), node("b", NodeState.UP, 0.9, 0));
    assertThat(next(later, 2)).containsExactly("a", "nobody");
  }

  @Test
  void aWarmRecorderIsHalfAPlaceAndOneThatEndsIsNone() {
    List<Node> nodes =
        List.of(
            node("a", NodeState.UP, 3.2, 0),
            node("b", NodeState.UP, 3, 1),
            node("c", NodeState.DRAINING, 9, 0));
    assertThat(chosen.next(nodes)).contains("b");
    assertThat(chosen.next(nodes)).contains("a");
  }
}
