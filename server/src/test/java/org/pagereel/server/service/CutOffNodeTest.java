package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.Host;
import org.pagereel.server.Pause;
import org.pagereel.server.Victims;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.service.NodeProcesses.Node;

/**
 * Two nodes that record, on hosts of their own, and one that answers, beside the database. {@code
 * -Dpagereel.long=true}, and {@code -Dpagereel.cutSeconds=60}.
 */
@WholeMachine
@EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
class CutOffNodeTest {
  private static final Duration CUT =
      Duration.ofSeconds(Integer.getInteger("pagereel.cutSeconds", 15));
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int ROOMS = 2;
  private static final String PAGE = "http://127.0.0.1/page";

  @TempDir Path folder;

  /** It goes on until it hears that another records; nothing is recorded twice after that. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNodeThatIsCutOffGoesOnUntilItKnowsThatAnotherRecords(boolean fromEverything)
      throws Exception {
    try (Host first = Host.add(1);
        Host second = Host.add(2);
        NodeProcesses nodes =
            new NodeProcesses(folder, StandInService.class, List.of(first, second))) {
      Node answers = nodes.startAnswering("answers");
      Node a = nodes.start("a", ROOMS, first);
      for (int i = 0; i < ROOMS; i++) {
        answers.room("room" + i);
        answers.record("room" + i, PAGE);
      }
      assertThat(Await.until(SOON, () -> nodes.recordedBy("a") == ROOMS)).isTrue();
      nodes.start("b", ROOMS, second);
      Pause.of(Duration.ofSeconds(2));
      long cut = System.nanoTime();
      if (fromEverything) {
        first.cut();
      } else {
        first.cut(nodes.postgres.port());
      }
      assertThat(Await.until(SOON, () -> nodes.recordedBy("b") == ROOMS)).isTrue();
      double elsewhere = (System.nanoTime() - cut) / 1e9;
      assertThat(recorders(a)).as("nobody has told them to stop").hasSize(ROOMS);
      Pause.of(CUT.minusNanos(Math.min(CUT.toNanos(), System.nanoTime() - cut)));
      assertThat(recorders(a)).hasSize(ROOMS);
      long mended = System.nanoTime();
      if (fromEverything) {
        first.mend();
      } else {
        first.mendPort();
      }
      assertThat(Await.until(SOON, () -> recorders(a).isEmpty())).isTrue();
      System.out.printf(
          "cut off from %s: recorded elsewhere after %.1f s; stopped %.1f s after it was back%n",
          fromEverything ? "everything" : "the database",
          elsewhere,
          (System.nanoTime() - mended) / 1e9);
      assertThat(nodes.column("SELECT DISTINCT epoch FROM recordings")).containsExactly("2");
      assertThat(
              Await.until(
                  SOON,
                  () -> nodes.column("SELECT name FROM nodes WHERE state = 'UP'").size() == 3))
          .isTrue();
      assertThat(nodes.recordedBy("b")).isEqualTo(ROOMS);
      stopAll(nodes, answers);
    }
  }

  /** Its own clock decides nothing. */
  @Test
  void aNodeWhoseClockIsWrongIsLikeTheOthers() throws Exception {
    try (NodeProcesses nodes = new NodeProcesses(folder, StandInService.class)) {
      Node a = nodes.startWithClock("a", ROOMS, "+600s");
      for (int i = 0; i < ROOMS; i++) {
        a.room("room" + i);
        a.record("room" + i, PAGE);
      }
      assertThat(Await.until(SOON, () -> nodes.recordedBy("a") == ROOMS)).isTrue();
      Node b = nodes.start("b", ROOMS);
      Pause.of(Duration.ofSeconds(8));
      assertThat(nodes.column("SELECT state FROM nodes ORDER BY name")).containsExactly("UP", "UP");
      assertThat(nodes.recordedBy("a")).isEqualTo(ROOMS);
      assertThat(
              nodes.column(
                  "SELECT id FROM recordings WHERE ABS(created_at - EXTRACT(EPOCH FROM NOW()) * 1000)"
                      + " > 120000 OR ABS(started_at - EXTRACT(EPOCH FROM NOW()) * 1000) > 120000"))
          .as("times of theirs that are wrong")
          .isEmpty();
      a.kill();
      assertThat(Await.until(SOON, () -> nodes.recordedBy("b") == ROOMS)).isTrue();
      assertThat(nodes.column("SELECT DISTINCT epoch FROM recordings")).containsExactly("2");
      stopAll(nodes, b);
    }
  }

  private static List<ProcessHandle> recorders(Node node) {
    return node.process().descendants().filter(one -> Victims.runs(one, "StandInCamera")).toList();
  }

  private static void stopAll(NodeProcesses nodes, Node node) throws Exception {
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
}
