package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;

/**
 * A room goes when its class is closed, or nobody has used it for very long; none that is needed.
 */
class OldRoomsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant CLOSED = NOW.minus(Duration.ofDays(7)).minusMillis(1);

  @TempDir Path folder;

  @Test
  void thoseThatNobodyNeeds() {
    try (Database database = TestStores.open(folder)) {
      Jdbi jdbi = database.jdbi();
      room(jdbi, "closed a week ago", Room.CLOSED, CLOSED);
      room(jdbi, "closed this week", Room.CLOSED, CLOSED.plusMillis(2));
      room(jdbi, "closed, with a recording", Room.CLOSED, CLOSED);
      record(jdbi, "closed, with a recording");
      room(jdbi, "of the last term", 0, NOW.minus(Duration.ofDays(300)));
      room(jdbi, "of another year", 0, NOW.minus(Duration.ofDays(366)));
      room(jdbi, "of another year, with a recording", 0, NOW.minus(Duration.ofDays(366)));
      record(jdbi, "of another year, with a recording");
      room(jdbi, "used again", Room.CLOSED, CLOSED);
      Room used = jdbi.withHandle(handle -> Rooms.find(handle, "app", "used again")).orElseThrow();
      assertThat(
              jdbi.<Boolean, RuntimeException>inTransaction(handle -> Rooms.use(handle, used, NOW)))
          .isTrue();

      new OldRooms().clean(jdbi, NOW);
      assertThat(names(jdbi, "rooms"))
          .containsExactlyInAnyOrder(
              "closed this week",
              "closed, with a recording",
              "of the last term",
              "of another year, with a recording",
              "used again");
      assertThat(names(jdbi, "room_events"))
          .as("events go with their room")
          .containsExactlyInAnyOrderElementsOf(names(jdbi, "rooms"));
    }
  }

  private static List<String> names(Jdbi jdbi, String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT room_uuid FROM " + table).mapTo(String.class).list());
  }

  private static void room(Jdbi jdbi, String name, int state, Instant used) {
    Room room = Room.fresh("app", name, "cn", Instant.now());
    jdbi.useTransaction(handle -> {
      Rooms.insert(handle, room);
      Rooms.append(handle, "app", name, 1, Json.LINES.createObjectNode(), Instant.now());
      Rooms.setState(handle, room, state, used.toEpochMilli());
    });
  }

  private static void record(Jdbi jdbi, String room) {
    jdbi.useTransaction(handle ->
        handle.execute(
            "INSERT INTO recordings (id, face, scope, subject, spec, ticket, extra, desired,"
                + " status, state, running, created_at) VALUES (?, 'agora', 'app', ?, '{}', ?,"
                + " '{}', 'STOP', '{}', 'FINISHED', 0, 0)",
            room,
            room,
            room));
  }
}
