package org.pagereel.server.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.Pause;
import org.pagereel.server.SetTime;
import org.pagereel.server.TestPages;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;

/** A receiver that hangs, is slow or refuses delays nobody but itself. */
class FairSenderTest {
  private static final int APPS = 20;
  private static final int LANES = 60;

  private static final InetSocketAddress NO_PROXY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

  @TempDir Path folder;
  private final TestPages pages = new TestPages();
  private final ServerSocket hole = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
  private final Map<String, Long> taken = new ConcurrentHashMap<>();
  private final Map<String, List<String>> order = new ConcurrentHashMap<>();
  private final SetTime time = new SetTime();

  FairSenderTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    hole.close();
    pages.close();
  }

  /** An app's receiver: tried again at once, six times in all. */
  private static Target app(String url) {
    return new PlainTarget(url, Duration.ofMillis(100), 5);
  }

  private String url(int app) throws IOException {
    return switch (app) {
      case 0 -> "http://127.0.0.1:" + hole.getLocalPort() + "/";
      case 1 -> pages.handle("slow", exchange -> take(exchange, Duration.ofSeconds(2), 200));
      case 2 ->
          pages.handle("refuses", exchange -> TestPages.send(exchange, 500, "text/plain", ""));
      default -> pages.handle("app" + app, exchange -> take(exchange, Duration.ZERO, 200));
    };
  }

  private void take(HttpExchange exchange, Duration after, int status) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!after.isZero()) {
      Pause.of(after);
    }
    taken.put(body, System.nanoTime());
    String lane = body.substring(0, body.lastIndexOf('/'));
    order.computeIfAbsent(lane, none -> new CopyOnWriteArrayList<>()).add(body);
    TestPages.send(exchange, status, "text/plain", "");
  }

  private static void add(Database database, String app, int lane, int number) {
    String body = app + "/" + lane + "/" + number;
    database
        .commands()
        .useTransaction(
            handle -> Outbox.add(handle, body, app + "/" + lane, app, body, Instant.now()));
  }

  @Test
  void twentyApps() throws Exception {
    Map<String, Target> targets = new ConcurrentHashMap<>();
    for (int app = 0; app < APPS; app++) {
      targets.put("app" + app, app(url(app)));
    }
    try (Database database = TestStores.open(folder);
        Sender sender =
            new Sender(
                database.commands(), name -> Optional.of(targets.get(name)), NO_PROXY, time)) {
      for (int lane = 0; lane < LANES; lane++) { // first of all, and more than there is place for
        for (int app = 0; app < 3; app++) {
          add(database, "app" + app, lane, 0);
        }
      }
      sender.open();
      Pause.of(Duration.ofSeconds(2));
      Map<String, Long> added = new ConcurrentHashMap<>();
      for (int number = 0; number < 5; number++) {
        for (int app = 3; app < APPS; app++) {
          for (int lane = 0; lane < 2; lane++) {
            added.put("app" + app + "/" + lane + "/" + number, System.nanoTime());
            add(database, "app" + app, lane, number);
          }
        }
      }
      assertThat(
              Await.until(Duration.ofSeconds(30), () -> taken.keySet().containsAll(added.keySet())))
          .isTrue();
      List<Long> millis = new ArrayList<>();
      added.forEach((body, at) -> millis.add((taken.get(body) - at) / 1_000_000));
      millis.sort(Long::compare);
      long p95 = millis.get(millis.size() * 95 / 100);
      System.out.println("callbacks of healthy apps, p95 in ms: " + p95);
      assertThat(p95).isLessThan(5000); // gross: 2 s on a quiet machine
      order.forEach((lane, bodies) -> assertThat(bodies).as(lane).isSorted());
    }
  }

  /** What waited behind one that nobody took for a day is not tried for another day. */
  @Test
  void aDeadReceiverIsGivenUpWithAllThatWaits() throws Exception {
    Target dead = app(pages.handle("dead", e -> TestPages.send(e, 500, "text/plain", "")));
    Target well = app(pages.handle("well", exchange -> take(exchange, Duration.ZERO, 200)));
    try (Database database = TestStores.open(folder)) {
      for (int number = 0; number < 10; number++) {
        add(database, "dead", 0, number);
      }
      time.pass(Duration.ofHours(25));
      try (Sender sender =
          new Sender(database.commands(), name -> Optional.of(dead), NO_PROXY, time)) {
        sender.open();
        assertThat(Await.until(Duration.ofSeconds(20), () -> backlog(database).waiting() == 0))
            .isTrue();
      }
      assertThat(backlog(database).givenUp()).isEqualTo(10);
      int sent =
          database
              .commands()
              .inTransaction(handle -> Outbox.sendAgain(handle, "dead", time.wall()));
      assertThat(sent).isEqualTo(10);
      try (Sender sender =
          new Sender(database.commands(), name -> Optional.of(well), NO_PROXY, time)) {
        sender.open();
        assertThat(Await.until(Duration.ofSeconds(20), () -> taken.size() == 10)).isTrue();
        assertThat(order.get("dead/0")).isSorted().hasSize(10);
      }
      assertThat(database.jdbi().withHandle(Outbox::backlogs)).isEmpty();
    }
  }

  private static Outbox.Backlog backlog(Database database) {
    return database.jdbi().withHandle(Outbox::backlogs).getFirst();
  }

  @Test
  void tooManyForOneReceiver() {
    try (Database database = TestStores.open(folder)) {
      for (int number = 0; number < 30; number++) {
        add(database, "many", number, 0);
        add(database, "few", number % 10, number);
      }
      int dropped =
          database
              .commands()
              .inTransaction(handle -> Outbox.giveUpBeyond(handle, 20, Instant.now()));
      assertThat(dropped).isEqualTo(20);
      List<Outbox.Backlog> left = database.jdbi().withHandle(Outbox::backlogs);
      assertThat(left).extracting(Outbox.Backlog::waiting).containsExactly(20L, 20L);
      assertThat(left).extracting(Outbox.Backlog::givenUp).containsExactly(10L, 10L);
    }
  }
}
