package org.pagereel.server.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many writes, few transactions: each write is as whole and as alone as before. */
class GroupCommitTest {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder);
    database.jdbi().useTransaction(handle -> handle.execute("CREATE TABLE said (number INTEGER)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void numbersHaveNoGapsThoughEveryFifthWriteFails() throws Exception {
    Set<Integer> answered = new ConcurrentSkipListSet<>();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger unseen = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 20; thread++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 50; i++) {
                  boolean bad = i % 5 == 0;
                  try {
                    int number = database.messages().write(handle -> next(handle, bad));
                    answered.add(number);
                    if (!isStored(number)) {
                      unseen.incrementAndGet();
                    }
                  } catch (IllegalArgumentException e) {
                    refused.incrementAndGet();
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(refused).hasValue(200);
    assertThat(unseen).hasValue(0); // answered means stored
    assertThat(answered).hasSize(800);
    assertThat(new TreeSet<>(answered).first()).isEqualTo(1);
    assertThat(new TreeSet<>(answered).last()).isEqualTo(800);
  }

  /** The bad one has already written something when it fails. */
  private static int next(Handle handle, boolean bad) {
    int number =
        handle.select("SELECT COALESCE(MAX(number), 0) + 1 FROM said").mapTo(int.class).one();
    handle.execute("INSERT INTO said VALUES (?)", number);
    if (bad) {
      throw new IllegalArgumentException("bad");
    }
    return number;
  }

  private boolean isStored(int number) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .select("SELECT COUNT(*) FROM said WHERE number = ?", number)
                .mapTo(int.class)
                .one())
        .equals(1);
  }

  @Test
  void whatWaitsIsStoredTogether() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gathered = new CountDownLatch(1);
    Set<String> transactions = new ConcurrentSkipListSet<>();
    List<Thread> threads = new ArrayList<>();
    threads.add(
        Thread.ofVirtual()
            .start(() ->
                database
                    .messages()
                    .write(handle -> {
                      begun.countDown();
                      return awaitQuietly(gathered);
                    })));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 100; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() ->
                  database
                      .messages()
                      .write(handle -> {
                        transactions.add(String.valueOf(System.identityHashCode(handle)));
                        return next(handle, false);
                      })));
    }
    while (database.messages().waiting() < 100) {
      Thread.onSpinWait();
    }
    gathered.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(transactions).hasSize(1);
  }

  @Test
  void whatDoesNotFitIsRefusedAtOnceAndTheRestStored() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger stored = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    threads.add(
        Thread.ofVirtual()
            .start(() ->
                database
                    .messages()
                    .write(handle -> {
                      begun.countDown();
                      return awaitQuietly(go);
                    })));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 2500; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  int _ = database.messages().write(handle -> next(handle, false));
                  stored.incrementAndGet();
                } catch (StoreUnavailable e) {
                  refused.incrementAndGet();
                }
              }));
    }
    while (refused.get() < 500) {
      Thread.onSpinWait();
    }
    assertThat(stored).hasValue(0); // nobody waited for the others to be told
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    // Those that came late after a slow round may have been refused, too; none is lost.
    assertThat(stored.get() + refused.get()).isEqualTo(2500);
    assertThat(stored.get()).isEqualTo(count());
  }

  private int count() {
    return database
        .jdbi()
        .withHandle(handle -> handle.select("SELECT COUNT(*) FROM said").mapTo(int.class).one());
  }

  @Test
  void aWriteThatFindsNoRoomIsTheStoresFaultAndTheNextOneIsFine() {
    // The disk is full: the store may not grow any more.
    database
        .jdbi()
        .useTransaction(handle -> {
          int pages = handle.select("PRAGMA page_count").mapTo(int.class).one();
          handle.execute("PRAGMA max_page_count = " + pages);
        });
    assertThatThrownBy(() -> database.messages().write(handle -> large(handle)))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(database.health().isDegraded()).isTrue();
    assertThatThrownBy(() -> database.commands().useTransaction(handle -> large(handle)))
        .isInstanceOf(StoreUnavailable.class);
    database.jdbi().useTransaction(handle -> handle.execute("PRAGMA max_page_count = 1000000"));
    int rows = database.messages().write(handle -> large(handle));
    assertThat(rows).isEqualTo(1);
    assertThat(database.health().isDegraded()).isFalse();
  }

  @Test
  void whoTriesAgainAtOnceIsNotToldOfTheFaultBefore() {
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() ->
              database
                  .messages()
                  .write(handle -> {
                    throw new StoreUnavailable("as if the disk was full");
                  }))
          .isInstanceOf(StoreUnavailable.class);
      int number = database.messages().write(handle -> next(handle, false));
      assertThat(number).isEqualTo(i + 1);
    }
  }

  private static int large(Handle handle) {
    handle.execute("CREATE TABLE large (bytes BLOB)");
    return handle.execute("INSERT INTO large VALUES (zeroblob(1000000))");
  }

  @Test
  void whoWritesWithoutATransactionIsToldSo() {
    assertThatThrownBy(() ->
            database.jdbi().useHandle(handle -> handle.execute("INSERT INTO said VALUES (1)")))
        .hasMessageContaining("readonly");
  }

  private static boolean awaitQuietly(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
