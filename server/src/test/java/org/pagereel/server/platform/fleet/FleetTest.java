package org.pagereel.server.platform.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.platform.config.PostgresSettings;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.PostgresServer;
import org.pagereel.server.platform.store.TestStores;
import org.pagereel.server.platform.time.TimeSource;

/** Several nodes of one process on a real PostgreSQL. */
class FleetTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Queue<String> freed = new ConcurrentLinkedQueue<>();
  private PostgresSettings settings;

  @BeforeEach
  void begin() {
    Optional<PostgresServer> server = TestStores.server(PostgresServer.Make.DEBIAN);
    assumeTrue(server.isPresent(), "its programs are not here");
    settings = server.orElseThrow().database();
  }

  @AfterEach
  void end() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  /** A node with a connection pool of its own; one that is "dead" has lost it. */
  private Database store() {
    Database store = Database.open(settings, folder);
    open.push(store);
    return store;
  }

  @Test
  void failedLoginsAreCountedTogether() {
    Instant minute = Instant.parse("2026-11-30T10:00:30Z");
    SharedFailures a = new SharedFailures(store().jdbi(), () -> minute);
    SharedFailures b = new SharedFailures(store().jdbi(), () -> minute);
    SharedFailures later = new SharedFailures(store().jdbi(), () -> minute.plusSeconds(7200));
    assertThat(a.add("01020304", 10)).isEqualTo(10);
    assertThat(b.add("01020304", 10)).isEqualTo(20);
    assertThat(b.add("05060708", 10)).isEqualTo(10);
    assertThat(later.add("01020304", 10)).isEqualTo(10);
    later.tidy();
    assertThat(a.add("01020304", 10)).as("forgotten").isEqualTo(10);
  }

  private Fleet join(Database store, String name, String place, NodeLoad load) {
    Fleet fleet =
        Fleet.join(
            store.heartbeats(),
            store.jdbi(),
            TimeSource.system(),
            new Fleet.Member(name, "http://" + name, "1", place),
            () -> load,
            (handle, lost) -> freed.add(name + " frees " + lost.name()));
    open.push(fleet);
    return fleet;
  }

  private static NodeState state(Fleet fleet, String name) {
    return fleet.nodes().stream()
        .filter(node -> node.name().equals(name))
        .map(Node::state)
        .findFirst()
        .orElse(NodeState.ENDED);
  }

  @Test
  void allKnowEachOther() {
    Fleet a = join(store(), "a", "folder-a", new NodeLoad(1, 3, 0));
    Fleet b = join(store(), "b", "folder-b", new NodeLoad(2, 2, 1));
    assertThat(Await.until(SOON, () -> a.nodes().size() == 2 && b.nodes().size() == 2)).isTrue();
    assertThat(a.nodes()).extracting(Node::load).contains(new NodeLoad(2, 2, 1));
    assertThat(a.waitBeforeClaim()).isZero();
    assertThat(b.waitBeforeClaim()).isEqualTo(Placement.TURN);
    b.drain();
    assertThat(Await.until(SOON, () -> state(a, "b") == NodeState.DRAINING)).isTrue();
    assertThat(a.mayClaim()).isTrue();
    assertThat(b.mayClaim()).isFalse();
    assertThat(b.holdsLease()).isTrue();
  }

  /**
   * Its work is given free once, whoever sees it first, and it knows itself that it has no lease.
   */
  @Test
  void whoCannotBeHeardIsLostOnce() {
    Fleet a = join(store(), "a", "folder-a", NodeLoad.NONE);
    Fleet b = join(store(), "b", "folder-b", NodeLoad.NONE);
    Database cutOff = store();
    Fleet c = join(cutOff, "c", "folder-c", NodeLoad.NONE);
    assertThat(Await.until(SOON, () -> a.nodes().size() == 3 && b.nodes().size() == 3)).isTrue();
    assertThat(c.holdsLease()).isTrue();
    cutOff.close();
    assertThat(Await.until(SOON, () -> !freed.isEmpty())).isTrue();
    assertThat(c.holdsLease()).isFalse();
    assertThat(Await.until(SOON, () -> state(a, "c") == NodeState.LOST)).isTrue();
    assertThat(Await.until(SOON, () -> state(b, "c") == NodeState.LOST)).isTrue();
    assertThat(List.copyOf(freed)).hasSize(1);
    assertThat(freed.peek()).endsWith("frees c");
  }

  /** One does it for all; another takes over when that one is lost, or ends, and not before. */
  @Test
  void oneNodeDoesATaskForAll() {
    Database first = store();
    Fleet a = join(first, "a", "folder-a", NodeLoad.NONE);
    Fleet b = join(store(), "b", "folder-b", NodeLoad.NONE);
    assertThat(a.leads("tidying", Standing.SOME_TIME)).isTrue();
    assertThat(b.leads("tidying", Standing.SOME_TIME)).isFalse();
    assertThat(b.leads("sending", Standing.SOME_TIME)).isTrue();
    assertThat(a.leads("tidying", Standing.SOME_TIME)).isTrue();
    first.close();
    assertThat(Await.until(SOON, () -> b.leads("tidying", Standing.SOME_TIME))).isTrue();
    assertThat(a.leads("tidying", Standing.SOME_TIME)).isFalse();
    Fleet c = join(store(), "c", "folder-c", NodeLoad.NONE);
    assertThat(c.leads("tidying", Standing.SOME_TIME)).isFalse();
    b.close();
    assertThat(Await.until(SOON, () -> c.leads("tidying", Standing.SOME_TIME))).isTrue();
  }

  @Test
  void twoOfOneNameAreNotThereAtOnce() {
    join(store(), "a", "folder-a", NodeLoad.NONE);
    Database second = store();
    assertThatThrownBy(() -> join(second, "a", "folder-b", NodeLoad.NONE))
        .isInstanceOf(RecordingFailure.class)
        .hasMessageContaining("Another server with the name a")
        .hasMessageContaining("node in the settings");
    assertThat(freed).isEmpty();
  }

  /** A process that was killed is gone, as its folder's lock says: the next one need not wait. */
  @Test
  void whoComesBackToItsFolderHasItsNameAtOnce() {
    Database killed = store();
    join(killed, "a", "folder-a", NodeLoad.NONE);
    killed.close();
    long began = System.nanoTime();
    Fleet again = join(store(), "a", "folder-a", NodeLoad.NONE);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Lease.LENGTH);
    assertThat(Await.until(SOON, () -> state(again, "a") == NodeState.UP)).isTrue();
    assertThat(freed).containsExactly("a frees a");
  }

  /** Another machine gets the name of a dead one when that has been silent for long enough. */
  @Test
  void aDeadNodesNameCanBeHadElsewhere() {
    Database killed = store();
    join(killed, "a", "folder-a", NodeLoad.NONE);
    killed.close();
    Fleet elsewhere = join(store(), "a", "folder-b", NodeLoad.NONE);
    assertThat(Await.until(SOON, () -> state(elsewhere, "a") == NodeState.UP)).isTrue();
    assertThat(freed).containsExactly("a frees a");
  }
}
