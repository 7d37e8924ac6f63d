package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.Pause;
import org.pagereel.server.Victims;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses.Node;

/** Nodes that are processes of their own die or stand still; their recorders are stand-ins. */
@WholeMachine
class LostNodeTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int ROOMS = 3;
  private static final String PAGE = "http://127.0.0.1/page";

  @TempDir Path folder;
  private NodeProcesses nodes;

  @BeforeEach
  void open() throws Exception {
    nodes = new NodeProcesses(folder, StandInService.class);
  }

  @AfterEach
  void end() throws Exception {
    if (nodes != null) {
      nodes.close();
    }
  }

  private static List<ProcessHandle> recorders(Node node) {
    return node.process().descendants().filter(one -> Victims.runs(one, "StandInCamera")).toList();
  }

  /** Three recordings on the first node, and a second one that has room. */
  private List<Node> twoNodes() throws Exception {
    Node a = nodes.start("a", 8);
    for (int i = 0; i < ROOMS; i++) {
      a.room("room" + i);
      a.record("room" + i, PAGE);
    }
    assertThat(Await.until(SOON, () -> nodes.recordedBy("a") == ROOMS)).isTrue();
    Node b = nodes.start("b", 8);
    Pause.of(Duration.ofSeconds(3));
    assertThat(nodes.recordedBy("a")).isEqualTo(ROOMS);
    return List.of(a, b);
  }

  private void awaitGoesOn(String node, long since, String what) {
    assertThat(Await.until(SOON, () -> nodes.recordedBy(node) == ROOMS)).isTrue();
    System.out.printf(
        "%s: %d recordings go on elsewhere after %.1f s%n",
        what, ROOMS, (System.nanoTime() - since) / 1e9);
    assertThat(nodes.column("SELECT DISTINCT epoch FROM recordings")).containsExactly("2");
    assertThat(nodes.column("SELECT state FROM nodes ORDER BY name")).containsExactly("LOST", "UP");
  }

  /**
   * All were silent as long as the database was away: nobody is lost for that, and nothing is
   * stopped. A node that is killed after it is.
   */
  @Test
  void anOutageOfTheDatabaseCostsNobodyHisWorkButADeathDoes() throws Exception {
    List<Node> both = twoNodes();
    Node a = both.getFirst();
    List<Long> recorders = recorders(a).stream().map(ProcessHandle::pid).toList();
    nodes.postgres.stop();
    Pause.of(Duration.ofSeconds(8));
    assertThat(recorders(a).stream().map(ProcessHandle::pid)).isEqualTo(recorders);
    nodes.postgres.start();
    Pause.of(Duration.ofSeconds(13)); // longer than nobody may claim anything
    assertThat(nodes.column("SELECT state FROM nodes ORDER BY name")).containsExactly("UP", "UP");
    assertThat(nodes.column("SELECT DISTINCT epoch FROM recordings")).containsExactly("1");
    assertThat(nodes.recordedBy("a")).isEqualTo(ROOMS);
    assertThat(recorders(a).stream().map(ProcessHandle::pid)).isEqualTo(recorders);

    long killed = System.nanoTime();
    a.kill();
    awaitGoesOn("b", killed, "kill -9");
    stopAll(both.getLast());
  }

  private void stopAll(Node node) throws Exception {
    for (int i = 0; i < ROOMS; i++) {
      node.stop("room" + i);
    }
    assertThat(
            Await.until(
                SOON,
                () ->
                    nodes.column("SELECT id FROM recordings WHERE state = 'FINISHED'").size()
                        == ROOMS))
        .isTrue();
    assertThat(
            Await.until(
                SOON, () -> nodes.column("SELECT task_instance FROM scheduled_tasks").isEmpty()))
        .isTrue();
  }

  /** It goes on for a moment when it wakes, sees that others record, and lets go of it. */
  @Test
  @EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
  void aNodeThatStoodStillFindsThatOthersRecord() throws Exception {
    List<Node> both = twoNodes();
    Node a = both.getFirst();
    long stopped = System.nanoTime();
    for (ProcessHandle process : a.all()) {
      Victims.signal("STOP", process);
    }
    awaitGoesOn("b", stopped, "kill -STOP");
    assertThat(recorders(a)).hasSize(ROOMS);
    for (ProcessHandle process : a.all()) {
      Victims.reaches("CONT", process); // the server comes first, and may end a recorder at once
    }
    assertThat(Await.until(SOON, () -> recorders(a).isEmpty())).as("its recorders end").isTrue();
    assertThat(
            Await.until(
                SOON,
                () ->
                    nodes.column("SELECT name FROM nodes WHERE state = 'UP' ORDER BY name").size()
                        == 2))
        .isTrue();
    assertThat(nodes.recordedBy("b")).isEqualTo(ROOMS);
    assertThat(nodes.column("SELECT DISTINCT epoch FROM recordings")).containsExactly("2");
    assertThat(nodes.column("SELECT DISTINCT picked_by FROM scheduled_tasks")).containsExactly("b");
  }
}
