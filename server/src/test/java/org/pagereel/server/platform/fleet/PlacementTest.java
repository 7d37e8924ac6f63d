package org.pagereel.server.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static NodeLoad load(double room, int warm) {
    return new NodeLoad(0, room, warm);
  }

  @Test
  void theEmptiestComesFirst() {
    List<NodeLoad> others = List.of(load(3, 0), load(5, 0), load(1, 0));
    assertThat(Placement.wait(load(6, 0), others)).isZero();
    assertThat(Placement.wait(load(4, 0), others)).isEqualTo(Placement.TURN);
    assertThat(Placement.wait(load(0.5, 0), others)).isEqualTo(Placement.TURN.multipliedBy(3));
  }

  /** Of two that are as empty, the one with a warm recorder starts sooner. */
  @Test
  void aWarmRecorderCounts() {
    assertThat(Placement.wait(load(3, 0), List.of(load(3, 1)))).isEqualTo(Placement.TURN);
    assertThat(Placement.wait(load(3, 1), List.of(load(3, 0)))).isZero();
    assertThat(Placement.wait(load(3, 1), List.of(load(4, 0)))).isEqualTo(Placement.TURN);
  }

  /** However many there are, nobody waits for long: who should take it may be busy. */
  @Test
  void inALargeFleetNobodyWaitsLong() {
    List<NodeLoad> others = new ArrayList<>(Collections.nCopies(200, load(9, 0)));
    assertThat(Placement.wait(load(1, 0), others)).isLessThan(Duration.ofSeconds(1));
  }

  /**
   * Twelve pieces, one after the other, to nodes of different size: each is as full as the others.
   */
  @Test
  void workIsSpreadByCapacity() {
    double[] room = {2, 4, 6};
    int[] taken = new int[3];
    for (int piece = 0; piece < 9; piece++) {
      int next =
          IntStream.range(0, 3)
              .boxed()
              .min(Comparator.comparing(node -> wait(room, node)))
              .orElseThrow();
      taken[next]++;
      room[next]--;
    }
    assertThat(taken).containsExactly(1, 3, 5);
  }

  private static Duration wait(double[] room, int node) {
    List<NodeLoad> others =
        IntStream.range(0, room.length)
            .filter(other -> other != node)
            .mapToObj(other -> load(room[other], 0))
            .toList();
    return Placement.wait(load(room[node], 0), others);
  }
}
