package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.supervisor.StandIns;
import tools.jackson.databind.JsonNode;

/**
 * Days of classes, one after the other, on one server: what grows is printed day by day. Then
 * nobody comes for two hundred days, and everything that was kept for a time is gone. A day passes
 * as every time in the store becomes a day older.
 *
 * <p>{@code -Dpagereel.days=7 -Dpagereel.rooms=200}; one day of a few rooms in every build.
 */
class GrowthTest {
  private static final int DAYS = Integer.getInteger("pagereel.days", 1);
  private static final int ROOMS = Integer.getInteger("pagereel.rooms", 4);
  private static final int AT_ONCE = 6;

  /** Every such room's class is also recorded by Tencent's API, and a replay is made of it. */
  private static final int ALSO_BY_TENCENT = 3;

  private static final int MESSAGES = 10;

  @TempDir Path folder;

  @Test
  void whatIsKeptForATimeGoesAfterIt() throws Exception {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    Path camera = QuickCamera.in(folder);
    try (AllFaces server =
        new AllFaces(
            folder,
            folder.resolve("data"),
            ", keep: 1d, callback: {url: 'http://127.0.0.1:%d/', secret: s}"
                .formatted(receiver.getAddress().getPort()),
            (settings, warm) -> StandIns.programs(settings, camera))) {
      Map<String, Long> first = rowsOf(server);
      List<Size> sizes = new ArrayList<>();
      for (int day = 1; day <= DAYS; day++) {
        day(server, day);
        pass(server, 1);
        sizes.add(Size.of(server));
        sizes.getLast().print("day " + day);
      }
      assertThat(sizes.getLast().rows().get("recordings")).isGreaterThanOrEqualTo(ROOMS);
      if (DAYS >= 4) { // pools and caches are full by then
        Size middle = sizes.get(DAYS / 2);
        assertThat(sizes.getLast().threads()).isLessThanOrEqualTo(middle.threads() + 10);
        assertThat(sizes.getLast().heap()).isLessThanOrEqualTo(middle.heap() + 20_000_000);
      }
      // Files are deleted first; what a recording was is known for 90 days after that.
      pass(server, 100);
      Size without = Size.of(server);
      without.print("+ 100");
      assertThat(without.files()).as("files and folders of recordings").isZero();
      assertThat(without.rows().get("tencent_tasks")).as("what they were").isPositive();
      pass(server, 100);
      Size last = Size.of(server);
      last.print("+ 100");
      assertThat(last.rows()).as("only what was there at first").isEqualTo(first);
    } finally {
      receiver.stop(0);
    }
  }

  /** Every room has its class. */
  private static void day(AllFaces server, int day) throws Exception {
    try (ExecutorService classes = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> all = new ArrayList<>();
      for (int room = 0; room < ROOMS; room++) {
        int number = room;
        all.add(classes.submit(() -> hold(server, day * 1000L + number)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    AllFaces.await(() ->
        count(server, "SELECT count(*) FROM scheduled_tasks") == 0
            && count(server, "SELECT count(*) FROM outbox WHERE done_at IS NULL") == 0);
  }

  private static Void hold(AllFaces server, long number) throws Exception {
    String room = "class-" + number;
    done(() -> server.room(room));
    done(() -> server.state(room, 1));
    done(() -> server.record(room));
    AllFaces.await(() -> server.recordOf(room).path("ready").asBoolean());
    if (number % ALSO_BY_TENCENT == 0) {
      alsoByTencent(server, number);
    }
    done(() -> server.stop(room));
    done(() -> server.state(room, 2));
    AllFaces.await(() -> server.recordOf(room).path("state").asInt(-1) == 0);
    return null;
  }

  private static void alsoByTencent(AllFaces server, long number) throws Exception {
    String group = "g" + number;
    done(() -> server.group(group));
    String task =
        done(() -> server.startOnline(String.valueOf(number))).at("/Response/TaskId").asString();
    for (int i = 0; i < MESSAGES; i++) {
      long random = 1L + i;
      done(() -> server.message(group, random, "a line of the class's talk"));
    }
    done(() -> server.timeLine(group));
    AllFaces.await(() -> status(server.findOnline(task)).equals("RECORDING"));
    done(() -> server.stopOnline(task));
    AllFaces.await(() -> status(server.findOnline(task)).equals("FINISHED"));
    String replay = done(() -> server.replay(number, group)).at("/Response/TaskId").asString();
    AllFaces.await(() -> status(server.findReplay(replay)).equals("FINISHED"));
    done(() -> server.dissolve(group));
  }

  private static String status(AllFaces.Answer answer) {
    return answer.body().at("/Response/Status").asString();
  }

  private static JsonNode done(Callable<AllFaces.Answer> call) throws Exception {
    AllFaces.Answer answer = call.call();
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.body().at("/Response/Error").isMissingNode()).as("%s", answer).isTrue();
    return answer.body();
  }

  /** Days pass: classes close, files and rows are deleted. */
  private static void pass(AllFaces server, int days) throws Exception {
    store(server)
        .useTransaction(handle -> {
          for (String table : tables(handle)) {
            for (String column : times(handle, table)) {
              handle.execute(
                  "UPDATE %s SET %s = %s - %d"
                      .formatted(table, column, column, Duration.ofDays(days).toMillis()));
            }
          }
        });
    AllFaces.await(
        () -> count(server, "SELECT count(*) FROM rooms WHERE closes_at IS NOT NULL") == 0);
    AllFaces.await(() -> count(server, "SELECT count(*) FROM outbox WHERE done_at IS NULL") == 0);
    server.tidy();
  }

  private static List<String> times(Handle handle, String table) {
    return handle
        .createQuery("SELECT name FROM pragma_table_info(:table) WHERE type = 'BIGINT'")
        .bind("table", table)
        .mapTo(String.class)
        .filter(name -> name.matches("at|.*_at|.*_time|.*_as_of"))
        .list();
  }

  private static List<String> tables(Handle handle) {
    return handle
        .createQuery(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND"
                + " name NOT LIKE 'flyway%'")
        .mapTo(String.class)
        .list();
  }

  private static Map<String, Long> rowsOf(AllFaces server) {
    Map<String, Long> rows = new TreeMap<>();
    for (String table : store(server).withHandle(GrowthTest::tables)) {
      rows.put(table, count(server, "SELECT count(*) FROM " + table));
    }
    return rows;
  }

  private static Jdbi store(AllFaces server) {
    return Database.beside(server.data);
  }

  private static long count(AllFaces server, String sql) {
    return store(server).withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /**
   * What a server has: rows by table, bytes of its store, files of its recordings, threads, heap.
   */
  private record Size(Map<String, Long> rows, long storeBytes, long files, int threads, long heap) {
    static Size of(AllFaces server) throws Exception {
      Map<String, Long> rows = rowsOf(server);
      long pages =
          count(
              server,
              "SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count");
      long page = count(server, "SELECT page_size FROM pragma_page_size");
      long files;
      try (Stream<Path> all = Files.walk(server.data.resolve("recordings"))) {
        files = all.count() - 1; // without the folder of all
      }
      System.gc();
      return new Size(
          rows,
          pages * page,
          files,
          ManagementFactory.getThreadMXBean().getThreadCount(),
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    void print(String when) {
      System.out.printf(
          "growth: %s: store %.1f MB, files %d, threads %d, heap %.1f MB, rows %s%n",
          when, storeBytes / 1e6, files, threads, heap / 1e6, rows);
    }
  }
}
