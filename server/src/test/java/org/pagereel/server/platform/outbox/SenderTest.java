package org.pagereel.server.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.Pause;
import org.pagereel.server.TestPages;
import org.pagereel.server.platform.store.Database;

/** A notice that was taken is not sent again because the store could not be told so at once. */
class SenderTest {
  @TempDir Path folder;

  @Test
  void aTakenNoticeIsSentOnceThoughTheStoreIsLocked() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch locked = new CountDownLatch(1);
    try (TestPages pages = new TestPages();
        Database database = Database.open(folder);
        Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("pagereel.db"));
        Statement statement = other.createStatement()) {
      String url =
          pages.handle(
              "notices",
              exchange -> {
                calls.incrementAndGet();
                called.countDown();
                try {
                  assertThat(locked.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                TestPages.send(exchange, 200, "text/plain", "");
              });
      database
          .commands()
          .useTransaction(
              handle -> Outbox.add(handle, "1", "lane", "somebody", "{}", Instant.now()));
      InetSocketAddress noProxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
      try (Sender sender =
          new Sender(
              database.commands(),
              name -> Optional.of(new PlainTarget(url, Duration.ZERO, Integer.MAX_VALUE)),
              noProxy)) {
        sender.open();
        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        statement.execute("BEGIN IMMEDIATE");
        locked.countDown();
        Pause.of(Duration.ofSeconds(4)); // longer than a command waits for the store
        assertThat(waiting(database)).isEqualTo(1);
        statement.execute("ROLLBACK");
        assertThat(Await.until(Duration.ofSeconds(20), () -> waiting(database) == 0)).isTrue();
        assertThat(calls).hasValue(1);
      }
    }
  }

  private static int waiting(Database database) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .select("SELECT COUNT(*) FROM outbox WHERE done_at IS NULL")
                .mapTo(int.class)
                .one());
  }
}
