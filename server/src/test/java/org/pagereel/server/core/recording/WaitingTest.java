package org.pagereel.server.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.Pause;
import org.pagereel.server.SetTime;
import org.pagereel.server.SideBySide;

/** Recordings wait in the order in which they came, at no cost, and not for ever. */
class WaitingTest {
  private static final List<String> WAITING = List.of("b", "c", "d", "e");

  @TempDir Path folder;
  private final SetTime time = new SetTime();

  private OwnerTestServer desk(String node) {
    return new OwnerTestServer(folder, node, time, OwnerTestServer.QUICK, 1);
  }

  private static void fill(OwnerTestServer desk) {
    desk.start("a", "", false);
    desk.await("a", RecordingState.RECORDING);
    WAITING.forEach(id -> desk.start(id, "", false));
  }

  @Test
  @SideBySide
  void firstComeFirstServed() {
    try (OwnerTestServer desk = desk("waiting1")) {
      fill(desk);
      String before = "a";
      for (String id : WAITING) {
        desk.want(before, Desired.STOP);
        desk.await(before, RecordingState.FINISHED);
        desk.await(id, RecordingState.RECORDING);
        List<String> behind = WAITING.subList(WAITING.indexOf(id) + 1, WAITING.size());
        assertThat(behind).allMatch(other -> desk.state(other) == RecordingState.QUEUED);
        before = id;
      }
    }
  }

  @Test
  @SideBySide
  void waitingWritesNothing() {
    try (OwnerTestServer desk = desk("waiting2")) {
      fill(desk);
      Pause.of(Duration.ofSeconds(1));
      assertThat(tasks(desk)).containsExactly("a");
      String rows = rows(desk);
      Pause.of(Duration.ofSeconds(4));
      assertThat(rows(desk)).isEqualTo(rows);
      assertThat(tasks(desk)).containsExactly("a");
    }
  }

  @Test
  @SideBySide
  void oneThatIsStoppedMakesWayForTheNext() {
    try (OwnerTestServer desk = desk("waiting3")) {
      fill(desk);
      desk.want("b", Desired.STOP);
      desk.await("b", RecordingState.FINISHED);
      assertThat(desk.reasons("b")).containsExactly(Reason.STOPPED);
      assertThat(desk.state("c")).isEqualTo(RecordingState.QUEUED);
      desk.want("a", Desired.STOP);
      desk.await("c", RecordingState.RECORDING);
    }
  }

  @Test
  @SideBySide
  void nobodyWaitsForEver() {
    try (OwnerTestServer desk = desk("waiting4")) {
      fill(desk);
      Pause.of(Duration.ofSeconds(2)); // all of them have been seen waiting
      time.pass(OwnerTestServer.LONGEST_WAIT.plusMinutes(1));
      for (String id : WAITING) {
        Recording given = desk.await(id, RecordingState.FAILED);
        assertThat(given.ended()).isEqualTo(EndCause.FAILURE);
        assertThat(desk.reasons(id)).containsExactly(Reason.GIVEN_UP);
      }
      desk.start("f", "", false); // its room is free, and it waits its own time
      Pause.of(Duration.ofSeconds(2));
      assertThat(desk.state("f"))
          .isIn(RecordingState.QUEUED, RecordingState.STARTING, RecordingState.RECORDING);
    }
  }

  /** What waits when the server ends waits when it is back. */
  @Test
  @SideBySide
  void aServerThatIsBackServesInTheSameOrder() {
    try (OwnerTestServer desk = desk("waiting5")) {
      fill(desk);
      desk.want("a", Desired.STOP);
      desk.await("b", RecordingState.RECORDING);
    }
    try (OwnerTestServer desk = desk("waiting5")) {
      desk.await("b", RecordingState.RECORDING);
      assertThat(desk.state("c")).isEqualTo(RecordingState.QUEUED);
      desk.want("b", Desired.STOP);
      desk.await("c", RecordingState.RECORDING);
      assertThat(desk.state("d")).isEqualTo(RecordingState.QUEUED);
    }
  }

  private static List<String> tasks(OwnerTestServer desk) {
    return desk.query("SELECT task_instance FROM scheduled_tasks ORDER BY task_instance");
  }

  private static String rows(OwnerTestServer desk) {
    return desk.query(
            "SELECT id || state || desired || status || COALESCE(reason, '') FROM recordings WHERE"
                + " state = 'QUEUED' ORDER BY number")
        .toString();
  }
}
