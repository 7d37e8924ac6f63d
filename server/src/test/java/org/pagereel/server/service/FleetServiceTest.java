package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.store.PostgresServer;
import org.pagereel.server.platform.store.TestStores;
import tools.jackson.databind.JsonNode;

/** Two whole servers with one store: any of them answers, and each thing is done by one. */
@WholeMachine
class FleetServiceTest {
  private static final int ROOMS = 6;

  @TempDir Path folder;
  private String url;
  private AllFaces a;
  private AllFaces b;

  @BeforeEach
  void open() throws Exception {
    Optional<PostgresServer> server = TestStores.server(PostgresServer.Make.DEBIAN);
    assumeTrue(server.isPresent(), "its programs are not here");
    url = server.orElseThrow().database().url() + "?user=pagereel";
    a = new AllFaces(folder, folder.resolve("a"), url);
    b = new AllFaces(folder, folder.resolve("b"), url);
    AllFaces.await(() -> column("SELECT name FROM nodes WHERE beat > 1").size() == 2);
    AllFaces.await(() ->
        column(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query"
                        + " LIKE 'LISTEN pagereel%'")
                .size()
            == 2);
  }

  @AfterEach
  void close() throws Exception {
    a.close();
    b.close();
  }

  private static String room(int i) {
    return "room" + i;
  }

  private static boolean is(AllFaces server, String room, int state, boolean held)
      throws Exception {
    JsonNode record = server.recordOf(room);
    return record.path("state").asInt(9) == state && record.path("onhold").asBoolean() == held;
  }

  private List<String> column(String sql) throws Exception {
    List<String> values = new ArrayList<>();
    try (var connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }

  /** Started by one, held by the other, released by the first, stopped and listed by either. */
  @Test
  void anyServerAnswersForAll() throws Exception {
    List<AllFaces> both = List.of(a, b);
    for (int i = 0; i < ROOMS; i++) {
      both.get(i % 2).room(room(i));
      assertThat(both.get((i + 1) % 2).record(room(i)).status()).isEqualTo(200);
    }
    for (int i = 0; i < ROOMS; i++) {
      String room = room(i);
      AllFaces here = both.get(i % 2);
      AllFaces there = both.get((i + 1) % 2);
      AllFaces.await(() -> is(here, room, 1, false));
      assertThat(there.hold(room, true).status()).isEqualTo(200);
      AllFaces.await(() -> is(here, room, 1, true));
      assertThat(here.hold(room, false).status()).isEqualTo(200);
      AllFaces.await(() -> is(there, room, 1, false));
    }
    List<String> owners = column("SELECT owner FROM recordings ORDER BY owner");
    assertThat(owners).hasSize(ROOMS).doesNotContainNull();
    assertThat(owners.stream().distinct()).as("spread over both: %s", owners).hasSize(2);
    for (int i = 0; i < ROOMS; i++) {
      String room = room(i);
      assertThat(both.get(i % 2).stop(room).status()).isEqualTo(200);
      AllFaces other = both.get((i + 1) % 2);
      AllFaces.await(() -> is(other, room, 0, false));
      assertThat(other.recordsOf(room).body().at("/data/total").asInt()).isEqualTo(1);
    }
    assertThat(column("SELECT id FROM recordings WHERE epoch <> 1")).isEmpty();
    AllFaces.await(() -> column("SELECT task_instance FROM scheduled_tasks").isEmpty());
    assertThat(polled()).doesNotHaveDuplicates();
    assertThat(column("SELECT room_uuid FROM room_events WHERE polled = 0")).isEmpty();
  }

  /** Every event, by whichever server, asked at the same time. */
  private List<String> polled() throws Exception {
    List<String> events = new ArrayList<>();
    List<AllFaces.Answer> answers;
    do {
      List<Thread> threads = new ArrayList<>();
      List<AllFaces.Answer> found = java.util.Collections.synchronizedList(new ArrayList<>());
      for (AllFaces server : List.of(a, b, a, b)) {
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    found.add(server.poll());
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      answers = found;
      for (AllFaces.Answer answer : answers) {
        for (JsonNode event : answer.body().path("data")) {
          events.add(event.path("roomUuid").asString() + " " + event.path("sequence").asInt());
        }
      }
    } while (answers.stream().anyMatch(answer -> !answer.body().path("data").isEmpty()));
    return events;
  }

  /** What a client wants is known to the owner at once, though another server was told. */
  @Test
  void anOrderReachesTheOwnerSoon() throws Exception {
    a.room("r");
    assertThat(a.record("r").status()).isEqualTo(200);
    AllFaces.await(() -> is(a, "r", 1, false));
    for (boolean held : new boolean[] {true, false, true, false}) {
      long asked = System.nanoTime();
      for (AllFaces server : List.of(a, b)) {
        assertThat(server.hold("r", held).status()).isEqualTo(200);
      }
      assertThat(
              Await.until(
                  Duration.ofSeconds(5),
                  () -> {
                    try {
                      return is(a, "r", 1, held);
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  }))
          .isTrue();
      System.out.printf("onhold %s after %d ms%n", held, (System.nanoTime() - asked) / 1_000_000);
    }
  }
}
