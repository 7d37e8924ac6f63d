package org.pagereel.server.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is lost, as one node sees it that looks every second. */
class NodeWatchTest {
  private static final int BEFORE = 20; // looks in which everybody is there

  private Instant now = Instant.EPOCH;
  private final NodeWatch watch = new NodeWatch("me", now);
  private final List<String> lost = new ArrayList<>();
  private long beatOfA;
  private long beatOfB;

  /** A look after a second; the watched nodes have had a heartbeat, or not. */
  private void look(boolean aIsThere, boolean bIsThere) {
    now = now.plusSeconds(1);
    beatOfA += aIsThere ? 1 : 0;
    beatOfB += bIsThere ? 1 : 0;
    lost.clear();
    watch
        .saw(List.of(node("me", 7), node("a", beatOfA), node("b", beatOfB)), now)
        .forEach(node -> lost.add(node.name()));
  }

  private static Node node(String name, long beat) {
    return new Node(name, name + "1", beat, NodeState.UP, "", "", NodeLoad.NONE);
  }

  private void looks(int times, boolean aIsThere, boolean bIsThere) {
    IntStream.range(0, times).forEach(i -> look(aIsThere, bIsThere));
  }

  private void outage(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      watch.failed();
    }
  }

  @Test
  void whoIsSilentForFiveSecondsIsLost() {
    looks(BEFORE, true, true);
    looks(4, false, true);
    assertThat(lost).isEmpty();
    look(false, true);
    assertThat(lost).containsExactly("a");
  }

  /** A look comes late as often as not: the next one need not be a second later. */
  @Test
  void whoeverWillSoonBeLostIsLookedAtInTime() {
    looks(BEFORE, true, true);
    looks(4, false, true);
    assertThat(watch.soonest()).as("the next look is in time").isEmpty();
    now = now.minusMillis(700); // so it lasted 4.3 s at this one
    look(false, true);
    assertThat(lost).isEmpty();
    assertThat(watch.soonest()).contains(Duration.ofMillis(700));
  }

  @Test
  void whoComesBackIsNot() {
    looks(BEFORE, true, true);
    looks(4, false, true);
    look(true, true);
    looks(4, false, true);
    assertThat(lost).isEmpty();
  }

  /** All were silent as long as the database was away: two minutes, or a moment. */
  @Test
  void anOutageIsNotTakenForTheDeathOfAll() {
    looks(BEFORE, true, true);
    for (int length : new int[] {1, 3, 30, 120}) {
      outage(length);
      looks(3, false, false); // they come back one after the other
      assertThat(watch.mayClaim(now)).isFalse();
      looks(6, true, false);
      assertThat(lost).isEmpty();
      looks(BEFORE, true, true);
      assertThat(watch.mayClaim(now)).isTrue();
    }
  }

  /** Who died while the database was away is lost ten seconds after it has come back. */
  @Test
  void whoDiedInAnOutageIsLostAfterIt() {
    looks(BEFORE, true, true);
    outage(30);
    looks(10, true, false);
    assertThat(lost).isEmpty();
    look(true, false);
    assertThat(lost).containsExactly("b");
  }

  /** A database that answers every other time: nobody is judged by that. */
  @Test
  void aDatabaseThatComesAndGoesCostsNobodyHisWork() {
    looks(BEFORE, true, true);
    for (int i = 0; i < 30; i++) {
      outage(1);
      look(false, false);
      assertThat(lost).isEmpty();
    }
  }

  /** A watcher that stood still has seen nothing of the others meanwhile. */
  @Test
  void whoStoodStillItselfJudgesNobody() {
    looks(BEFORE, true, true);
    now = now.plus(Duration.ofSeconds(60));
    look(false, false);
    assertThat(lost).isEmpty();
    assertThat(watch.mayClaim(now)).isFalse();
    looks(9, true, true);
    look(true, true);
    assertThat(watch.mayClaim(now)).isTrue();
    assertThat(lost).isEmpty();
  }

  /** A process that took the name of a dead one has its own time. */
  @Test
  void anotherIncarnationIsListenedToAnew() {
    looks(BEFORE, true, true);
    looks(5, false, true);
    now = now.plusSeconds(1);
    Node again = new Node("a", "a2", 0, NodeState.UP, "", "", NodeLoad.NONE);
    assertThat(watch.saw(List.of(again), now)).isEmpty();
  }

  @Test
  void whoEndedIsNotLost() {
    looks(BEFORE, true, true);
    for (int i = 0; i < 10; i++) {
      now = now.plusSeconds(1);
      Node ended = new Node("a", "a1", beatOfA, NodeState.ENDED, "", "", NodeLoad.NONE);
      assertThat(watch.saw(List.of(ended), now)).isEmpty();
    }
  }
}
