package org.pagereel.server.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.Pause;
import org.pagereel.server.SetTime;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;

/** Work goes on where it is worked on, also when its machine has stood still. */
class WorkQueueTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  /** Work that takes as long as the test says. */
  private static final class SlowWork implements WorkKind {
    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    @Override
    public String name() {
      return "long";
    }

    @Override
    public Outcome work(String id) {
      begun.incrementAndGet();
      try {
        done.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Outcome.DONE;
    }

    @Override
    public List<String> begun(Handle handle) {
      return List.of("1");
    }
  }

  @Test
  void aMachineThatStoodStillKeepsItsWork() {
    SetTime time = new SetTime();
    SlowWork work = new SlowWork();
    try (Database database = TestStores.open(folder);
        WorkQueue queue =
            new WorkQueue(
                database,
                "node",
                4,
                List.of(work),
                time,
                Standing.alone("node", time::steady),
                Duration.ofSeconds(1))) {
      queue.open();
      assertThat(Await.until(SOON, () -> work.begun.get() == 1)).isTrue();
      // Whichever looks first after the pause: the heartbeat, or whoever misses heartbeats.
      for (int i = 0; i < 30; i++) {
        missHeartbeats(database, time.steady().minusSeconds(30));
        Pause.of(Duration.ofMillis(100));
      }
      Instant after = time.steady();
      assertThat(Await.until(SOON, () -> heartbeat(database).isAfter(after)))
          .as("its heartbeat goes on")
          .isTrue();
      assertThat(work.begun).hasValue(1);
      work.done.countDown();
      assertThat(Await.until(SOON, () -> tasks(database).isEmpty())).isTrue();
      assertThat(work.begun).hasValue(1);
    }
  }

  private static void missHeartbeats(Database database, Instant last) {
    database
        .jdbi()
        .useTransaction(handle ->
            handle.execute("UPDATE scheduled_tasks SET last_heartbeat = ?", Timestamp.from(last)));
  }

  private static Instant heartbeat(Database database) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT last_heartbeat FROM scheduled_tasks")
                .map((row, context) -> row.getTimestamp(1).toInstant())
                .one());
  }

  private static List<String> tasks(Database database) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT task_instance FROM scheduled_tasks")
                .mapTo(String.class)
                .list());
  }
}
