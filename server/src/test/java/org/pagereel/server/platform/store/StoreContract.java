package org.pagereel.server.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the code above the store rests upon, whatever the store is. */
abstract class StoreContract {
  private static final int SERVERS = 4;

  @TempDir java.nio.file.Path folder;
  private Database database;
  private Jdbi jdbi;

  /** A new one. */
  abstract Database create() throws Exception;

  /** The same as another server sees it. */
  abstract Database again() throws Exception;

  @BeforeEach
  void open() throws Exception {
    database = create();
    jdbi = database.jdbi();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTransactionIsStoredAsAWholeOrNotAtAll() {
    assertThatThrownBy(() ->
            jdbi.useTransaction(handle -> {
              notice(handle, "a");
              throw new IllegalStateException("in the middle");
            }))
        .hasMessage("in the middle");
    assertThat(notices()).isEmpty();
    jdbi.useTransaction(handle -> notice(handle, "a"));
    assertThat(notices()).containsExactly("a");
    assertThat(database.health().isDegraded()).isFalse();
  }

  /** Rooms and users are named by others, and so are the answers of their servers. */
  @Test
  void aTextMayHaveAnyCharacter() {
    for (String text : List.of("nul \0", "\u0001\uFFFF \uD83D\uDE00", "' \" \\ ? :a <b>")) {
      jdbi.useTransaction(handle -> notice(handle, text));
      int found =
          jdbi.withHandle(handle ->
              handle
                  .createQuery("SELECT COUNT(*) FROM outbox WHERE id = :id")
                  .bind("id", text)
                  .mapTo(Integer.class)
                  .one());
      assertThat(found).as(text).isEqualTo(1);
    }
  }

  @Test
  void anInsertThatIsThereAlreadyHarmsNothing() {
    int second =
        jdbi.inTransaction(handle -> {
          notice(handle, "a");
          return handle.execute(
              "INSERT INTO outbox (id, lane, target, body, tries, next_at) VALUES ('a', '', '', '',"
                  + " 0, 0) ON CONFLICT DO NOTHING");
        });
    assertThat(second).isZero();
    assertThatThrownBy(() ->
            jdbi.useTransaction(handle -> {
              notice(handle, "b");
              notice(handle, "a");
            }))
        .isInstanceOf(UnableToExecuteStatementException.class);
    assertThat(notices()).containsExactly("a");
  }

  @Test
  void whatFailsAmongManyMessagesIsUndoneByItself() {
    List<Future<String>> writes;
    try (ExecutorService all = Executors.newFixedThreadPool(30)) {
      writes =
          IntStream.range(0, 30)
              .mapToObj(i ->
                  all.submit(() ->
                      database
                          .messages()
                          .write(handle -> {
                            notice(handle, "n" + i);
                            if (i % 3 == 0) {
                              notice(handle, "n" + i);
                            }
                            return "n" + i;
                          })))
              .toList();
    }
    long failed = writes.stream().filter(one -> one.state() == Future.State.FAILED).count();
    assertThat(failed).isEqualTo(10);
    assertThat(notices())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 30).filter(i -> i % 3 != 0).mapToObj(i -> "n" + i).toList());
  }

  /** Texts of every script, and the largest numbers, come back as they were. */
  @Test
  void whatIsStoredComesBack() {
    String text = "数学 & \"1\" \uD83D\uDE00 \\ ' \n\t";
    jdbi.useTransaction(handle -> {
      notice(handle, text);
      handle.execute("UPDATE outbox SET next_at = ?", Long.MAX_VALUE);
    });
    assertThat(notices()).containsExactly(text);
    assertThat(count("next_at = " + Long.MAX_VALUE)).isEqualTo(1);
  }

  /** Case and order are those of bytes; a language's rules would mix rooms up. */
  @Test
  void textsAreComparedByTheirBytes() {
    List<String> names = List.of("B", "a", "Z", "ä", "_", "1");
    jdbi.useTransaction(handle -> names.forEach(name -> notice(handle, name)));
    List<String> sorted =
        jdbi.withHandle(handle ->
            handle.createQuery("SELECT id FROM outbox ORDER BY id").mapTo(String.class).list());
    assertThat(sorted).containsExactly("1", "B", "Z", "_", "a", "ä");
    assertThat(count("id = 'A'")).isZero();
  }

  /** Whoever decides by what a row says has locked it: nothing is decided twice. */
  @Test
  void decisionsOfSeveralServersFollowEachOther() throws Exception {
    jdbi.useTransaction(handle -> notice(handle, "a"));
    List<Database> servers = servers();
    try (ExecutorService all = Executors.newFixedThreadPool(2 * SERVERS)) {
      List<Future<?>> works = new ArrayList<>();
      for (int i = 0; i < 2 * SERVERS; i++) {
        Jdbi server = servers.get(i % SERVERS).jdbi();
        works.add(
            all.submit(() -> {
              for (int step = 0; step < 25; step++) {
                server.useTransaction(StoreContract::count);
              }
            }));
      }
      for (Future<?> work : works) {
        work.get();
      }
    }
    closeAll(servers);
    assertThat(count("tries = " + 2 * SERVERS * 25)).isEqualTo(1);
  }

  private static void count(Handle handle) {
    int tries =
        handle
            .createQuery("SELECT tries FROM outbox WHERE id = 'a'" + RowLocks.all(handle))
            .mapTo(Integer.class)
            .one();
    handle.execute("UPDATE outbox SET tries = ? WHERE id = 'a'", tries + 1);
  }

  /** Rows of a queue: each is had once, and in order of age while nobody else looks. */
  @Test
  void eachRowOfAQueueIsOneServers() throws Exception {
    jdbi.useTransaction(
        handle -> IntStream.range(0, 200).forEach(i -> notice(handle, "n%03d".formatted(i))));
    List<Database> servers = servers();
    Queue<String> had = new ConcurrentLinkedQueue<>();
    try (ExecutorService all = Executors.newFixedThreadPool(SERVERS)) {
      servers.forEach(server ->
          all.execute(() -> {
            while (had.addAll(server.jdbi().inTransaction(StoreContract::next))) {
              Thread.onSpinWait();
            }
          }));
    }
    closeAll(servers);
    assertThat(had).hasSize(200).doesNotHaveDuplicates();
    assertThat(count("done_at = 1")).isEqualTo(200);
  }

  private static List<String> next(Handle handle) {
    List<String> ids =
        handle
            .createQuery(
                "SELECT id FROM outbox WHERE done_at IS NULL ORDER BY number LIMIT 3"
                    + RowLocks.free(handle))
            .mapTo(String.class)
            .list();
    ids.forEach(id -> handle.execute("UPDATE outbox SET done_at = 1 WHERE id = ?", id));
    return ids;
  }

  /** Of two servers that want the same room at once, one has it. */
  @Test
  void aRoomHasOneRunningRecording() throws Exception {
    List<Database> servers = servers();
    Queue<Integer> stored = new ConcurrentLinkedQueue<>();
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService all = Executors.newFixedThreadPool(SERVERS)) {
      for (Database server : servers) {
        all.execute(() -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          for (int room = 0; room < 20; room++) {
            String subject = "room" + room;
            stored.add(server.jdbi().inTransaction(handle -> recording(handle, subject)));
          }
        });
      }
      go.countDown();
    }
    closeAll(servers);
    assertThat(stored).hasSize(20 * SERVERS);
    assertThat(stored.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
  }

  private static int recording(Handle handle, String subject) {
    return handle.execute(
        "INSERT INTO recordings (id, face, scope, subject, spec, ticket, extra, desired, status,"
            + " state, running, created_at) VALUES (?, 'f', 's', ?, '', '', '', '', '', '', 1, 0)"
            + " ON CONFLICT DO NOTHING",
        subject + Math.random(),
        subject);
  }

  /** Whoever reads waits for nobody, and sees what was there before. */
  @Test
  void readingGoesOnWhileOthersWrite() throws Exception {
    Database other = again();
    jdbi.useTransaction(handle -> {
      notice(handle, "a");
      assertThat(other.jdbi().withHandle(StoreContract::ids)).isEmpty();
    });
    assertThat(other.jdbi().withHandle(StoreContract::ids)).containsExactly("a");
    other.close();
  }

  /** All stores have the same tables with the same columns, and know what may be absent. */
  @Test
  void itsTablesAreThoseOfTheOthers() throws Exception {
    try (Database sqlite = Database.open(folder.resolve(".."))) {
      assertThat(columns(database)).isEqualTo(columns(sqlite));
    }
  }

  private static Map<String, Set<String>> columns(Database database) throws SQLException {
    return database.jdbi().withHandle(handle -> columns(handle.getConnection().getMetaData()));
  }

  private static Map<String, Set<String>> columns(DatabaseMetaData about) throws SQLException {
    Map<String, Set<String>> tables = new TreeMap<>();
    try (ResultSet row = about.getColumns(null, null, "%", "%")) {
      while (row.next()) {
        String schema = String.valueOf(row.getString("TABLE_SCHEM"));
        String table = row.getString("TABLE_NAME");
        if (Set.of("public", "null").contains(schema)
            && !table.matches("flyway.*|sqlite_.*")
            && about.getTables(null, null, table, new String[] {"TABLE"}).next()) {
          tables
              .computeIfAbsent(table, name -> new TreeSet<>())
              .add(column(row.getString("COLUMN_NAME"), row.getString("IS_NULLABLE")));
        }
      }
    }
    return tables;
  }

  /** SQLite says of a number that it gives itself that it may be absent. */
  private static String column(String name, String mayBeAbsent) {
    return name.equals("number") ? name : name + " " + mayBeAbsent;
  }

  private List<Database> servers() throws Exception {
    List<Database> servers = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      servers.add(again());
    }
    return servers;
  }

  private static void closeAll(List<Database> servers) {
    servers.forEach(Database::close);
  }

  private static void notice(Handle handle, String id) {
    handle.execute(
        "INSERT INTO outbox (id, lane, target, body, tries, next_at) VALUES (?, '', '', '', 0, 0)",
        id);
  }

  private List<String> notices() {
    return jdbi.withHandle(StoreContract::ids);
  }

  private static List<String> ids(Handle handle) {
    return handle.createQuery("SELECT id FROM outbox ORDER BY number").mapTo(String.class).list();
  }

  private int count(String which) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT COUNT(*) FROM outbox WHERE " + which)
            .mapTo(Integer.class)
            .one());
  }
}
