package org.pagereel.server.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.faces.agora.OldEvents;
import org.pagereel.server.platform.outbox.DeliveredNotices;

/** What is old goes in small steps, each of which finds it without reading what is not. */
class HousekeepingTest {
  private static final int OLD = 2 * Steps.MOST + 200;
  private static final int YOUNG = 40;

  @TempDir Path folder;
  private final Instant now = Instant.now();
  private final List<Integer> steps = new CopyOnWriteArrayList<>();
  private final Set<String> deletes = ConcurrentHashMap.newKeySet();
  private Database database;
  private Jdbi jdbi;

  @BeforeEach
  void fill() {
    database = Database.open(folder);
    jdbi = database.jdbi();
    events("old", now.minus(Duration.ofDays(8)), OLD);
    events("young", now.minus(Duration.ofDays(6)), YOUNG);
    notices("old", now.minus(Duration.ofDays(8)).toEpochMilli(), OLD);
    notices("young", now.minus(Duration.ofDays(6)).toEpochMilli(), YOUNG);
    notices("waiting", null, YOUNG);
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            if (context.getRenderedSql().startsWith("DELETE")) {
              deletes.add(context.getRenderedSql());
              steps.add(context.getRenderedSql().contains("room_events") ? left("room_events") : 0);
            }
          }
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void onlyWhatIsOldGoesAndInSteps() {
    new Housekeeping(
            jdbi,
            List.of(OldEvents.tidy(), DeliveredNotices.tidy()),
            () -> true,
            InstantSource.system())
        .clean(now);
    assertThat(left("room_events")).isEqualTo(YOUNG);
    assertThat(left("outbox")).isEqualTo(2 * YOUNG);
    assertThat(steps)
        .as("events that were there before each step; three steps for each table")
        .containsExactly(OLD + YOUNG, OLD + YOUNG - 500, OLD + YOUNG - 1000, 0, 0, 0);
  }

  @Test
  void anIndexLeadsToIt() {
    new Housekeeping(
            jdbi,
            List.of(OldEvents.tidy(), DeliveredNotices.tidy()),
            () -> true,
            InstantSource.system())
        .clean(now);
    assertThat(deletes).hasSize(2);
    for (String delete : deletes) {
      String found = delete.substring(delete.indexOf("(SELECT") + 1, delete.lastIndexOf(')'));
      List<String> plan =
          jdbi.withHandle(handle ->
              handle
                  .createQuery("EXPLAIN QUERY PLAN " + found)
                  .bind("before", 1)
                  .bind("most", 1)
                  .map((row, context) -> row.getString("detail"))
                  .list());
      assertThat(plan)
          .as(found)
          .singleElement()
          .asString()
          .containsAnyOf("room_events_by_time", "outbox_done");
    }
  }

  private void events(String room, Instant at, int many) {
    jdbi.useTransaction(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              "INSERT INTO room_events (app_id, room_uuid, sequence, cmd, data, at, polled)"
                  + " VALUES ('app', ?, ?, 1, '{}', ?, 1)");
      for (int i = 0; i < many; i++) {
        batch.add(room, i, at.toEpochMilli());
      }
      batch.execute();
    });
  }

  private void notices(String name, @Nullable Long doneAt, int many) {
    jdbi.useTransaction(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              "INSERT INTO outbox (id, lane, target, body, tries, next_at, done_at)"
                  + " VALUES (?, 'lane', 'http://target.test', '{}', 0, 0, ?)");
      for (int i = 0; i < many; i++) {
        batch.add(name + i, doneAt);
      }
      batch.execute();
    });
  }

  private int left(String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(int.class).one());
  }
}
