package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;

/** Each class is told from every other one, and each room's changes stay in their order. */
class ClassChangesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = TestStores.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void see(String room, long sequence, int state, long startTime) {
    ClassChanges.Seen seen =
        new ClassChanges.Seen("app", room, ClassChanges.UPSTREAM, sequence, state, startTime);
    database.jdbi().useTransaction(handle -> ClassChanges.add(handle, seen, NOW));
  }

  private List<ClassChanges.Change> open(String room) {
    return database.jdbi().withHandle(ClassChanges::open).stream()
        .filter(change -> change.roomUuid().equals(room))
        .toList();
  }

  /** Handles what is open, and returns the states in their order. */
  private List<Integer> handled(String room) {
    List<Integer> states = new ArrayList<>();
    for (List<ClassChanges.Change> open = open(room); !open.isEmpty(); open = open(room)) {
      ClassChanges.Change first = open.getFirst();
      states.add(first.state());
      database.jdbi().useTransaction(handle -> ClassChanges.done(handle, first));
    }
    return states;
  }

  @Test
  void anEventThatComesTwiceIsOne() {
    see("r", 1, 1, 1000);
    see("r", 1, 1, 1000);
    assertThat(handled("r")).containsExactly(1);
    see("r", 1, 1, 1000);
    assertThat(handled("r")).isEmpty();
  }

  @Test
  void aRoomThatIsCreatedAgainBeginsAnew() {
    for (long start : List.of(1000L, 2000L, 3000L)) {
      see("r", 1, 1, start);
      see("r", 2, 2, start);
      assertThat(handled("r")).as("class of %d", start).containsExactly(1, 2);
    }
  }

  /** An upstream that gives no start time: the sequence alone tells. */
  @Test
  void aRoomThatIsCreatedAgainWithoutTimes() {
    for (int time = 0; time < 3; time++) {
      see("r", 1, 1, 0);
      see("r", 2, 2, 0);
      assertThat(handled("r")).as("class %d", time).containsExactly(1, 2);
    }
  }

  @Test
  void onlyTheFirstOfEachRoomIsOpen() {
    see("a", 1, 1, 1000);
    see("a", 2, 2, 1000);
    see("b", 1, 1, 1000);
    assertThat(open("a")).hasSize(1);
    assertThat(open("a").getFirst().isStart()).isTrue();
    assertThat(open("a").getFirst().endsLater()).isTrue();
    assertThat(open("b").getFirst().endsLater()).isFalse();
  }

  @Test
  void whatWasHandledIsTidiedAway() {
    see("old", 1, 1, 1000);
    handled("old");
    see("open", 1, 1, 1000);
    ClassChanges.tidy().clean(database.jdbi(), NOW.plus(Duration.ofDays(6)));
    assertThat(rows()).isEqualTo(2);
    ClassChanges.tidy().clean(database.jdbi(), NOW.plus(Duration.ofDays(8)));
    assertThat(rows()).as("what is open stays").isEqualTo(1);
  }

  private long rows() {
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery("SELECT COUNT(*) FROM class_changes").mapTo(Long.class).one());
  }
}
