package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.FreePort;
import org.pagereel.server.Pause;
import org.pagereel.server.platform.config.PostgresSettings;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.PostgresServer;
import org.pagereel.server.platform.supervisor.SimulatedRecorders;

/**
 * Many nodes on one PostgreSQL: everything is real but the recorders and what a machine can carry.
 * Two nodes answer clients; all the others record. Then a tenth of these die at once.
 *
 * <p>{@code -Dpagereel.long=true -Dpagereel.nodes=200 -Dpagereel.eachNode=20
 * -Dpagereel.startsPerSecond=20}. What it needs of the database is printed.
 */
@EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
class SimulatedFleetTest {
  private static final int NODES = Integer.getInteger("pagereel.nodes", 6);
  private static final int EACH = Integer.getInteger("pagereel.eachNode", 5);
  private static final int STARTS = Integer.getInteger("pagereel.startsPerSecond", 10);
  private static final int DYING = Math.max(1, NODES / 10);

  /** There is room for those of the dying ones. */
  private static final int RECORDINGS = (NODES - DYING) * EACH;

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String APP = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  @TempDir Path folder;
  private final Map<String, Long> wanted = new ConcurrentHashMap<>();
  private final Map<String, Long> claimed = new ConcurrentHashMap<>();
  private final Map<String, Integer> starts = new ConcurrentHashMap<>();
  private final AtomicInteger later = new AtomicInteger();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @Test
  void worksForThousandsOfRecordings() throws Exception {
    Optional<PostgresServer> server = PostgresServer.open(PostgresServer.Make.DEBIAN);
    assumeTrue(server.isPresent(), "its programs are not here");
    PostgresServer postgres = server.orElseThrow();
    open.push(postgres);
    try {
      run(postgres);
    } finally {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }

  private void run(PostgresServer postgres) throws Exception {
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    open.push(timer::shutdownNow);
    PostgresSettings store = postgres.database();
    List<Service> answering = List.of(answering(store), answering(store));
    Settings settings = SettingsFile.read(folder.resolve("settings.yaml"));
    PostgresSettings few = new PostgresSettings(store.url(), store.name(), null, 3, false, null);
    List<SimulatedNode> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      String name = "node" + i;
      nodes.add(
          new SimulatedNode(
              name,
              EACH,
              settings,
              few,
              Files.createDirectories(folder.resolve(name)),
              timer,
              (id, attempt) -> {
                claimed.put(id, System.nanoTime());
                starts.merge(id + " " + attempt, 1, Integer::sum);
              }));
    }
    open.push(() -> {
      try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
        nodes.forEach(node -> closers.execute(node::close));
      }
    });
    Watched database = new Watched(postgres, store);
    open.push(database.store);

    Usage idle = database.during(() -> Pause.of(Duration.ofSeconds(NODES > 20 ? 20 : 3)));
    Usage starting = database.during(() -> startAll(answering));
    assertThat(Await.until(SOON, () -> database.recording() == RECORDINGS))
        .as("%d recording", database.recording())
        .isTrue();
    Usage running = database.during(() -> Pause.of(Duration.ofSeconds(NODES > 20 ? 30 : 3)));
    List<Double> claims =
        wanted.entrySet().stream()
            .map(one -> (claimed.get(one.getKey()) - one.getValue()) / 1e9)
            .sorted()
            .toList();

    List<SimulatedNode> dead = new ArrayList<>(nodes.subList(0, DYING));
    nodes.removeAll(dead);
    int lost = database.of(dead.size());
    long died = System.nanoTime();
    try (ExecutorService killers = Executors.newVirtualThreadPerTaskExecutor()) {
      dead.forEach(node -> killers.execute(node::die));
    }
    double deadWithin = (System.nanoTime() - died) / 1e9;
    assertThat(Await.until(SOON, () -> database.of(DYING) == 0)).isTrue();
    double elsewhere = (System.nanoTime() - died) / 1e9;
    assertThat(Await.until(SOON, () -> database.recording() == RECORDINGS)).isTrue();
    double recorded = (System.nanoTime() - died) / 1e9;
    assertThat(starts.values()).as("no attempt was begun twice").containsOnly(1);
    System.out.printf(
        Locale.ROOT,
        "fleet: %d nodes, %d recordings, %d starts a second; %d times told to come again%n"
            + "fleet: claimed after %.2f s, p99 %.2f s, longest %.2f s%n"
            + "fleet: %d nodes with %d recordings died within %.1f s: all claimed elsewhere after"
            + " %.1f s, recorded after %.1f s%n"
            + "fleet: database at rest %s%nfleet: starting %s%nfleet: running %s%n"
            + "fleet: database has %d MB%n",
        NODES,
        RECORDINGS,
        STARTS,
        later.get(),
        claims.get(claims.size() / 2),
        claims.get((int) Math.ceil(claims.size() * 0.99) - 1),
        claims.getLast(),
        DYING,
        lost,
        deadWithin,
        elsewhere,
        recorded,
        idle,
        starting,
        running,
        database.megabytes());
    assertThat(claims.getLast()).isLessThan(30);
    assertThat(elsewhere).isLessThan(60);
  }

  private Service answering(PostgresSettings store) throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            authentication: false
            network: {allow: [127.0.0.0/8]}
            apps: [{id: %s, certificate: 0123456789abcdef0123456789abcdef}]
            recordings: {queue: 10000, stopWithin: 1s}
            database: {url: "%s", user: pagereel, pool: 20}
            files: %s
            role: api
            """
                .formatted(APP, store.url(), folder.resolve("files")));
    Service service =
        StandInService.open(
            SettingsFile.read(settings).listening("127.0.0.1:" + FreePort.find()),
            folder.resolve("api" + open.size()),
            (recorders, warm) -> new SimulatedRecorders(null, (id, attempt) -> {}),
            core -> List.of());
    open.push(service);
    return service;
  }

  /** So many a second, by either node. */
  private void startAll(List<Service> answering) {
    HttpClient client = HttpClient.newHttpClient();
    long began = System.nanoTime();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < RECORDINGS; i++) {
        long due = began + i * 1_000_000_000L / STARTS;
        LockSupport.parkNanos(due - System.nanoTime());
        String base =
            "http://127.0.0.1:"
                + answering.get(i % answering.size()).port()
                + "/edu/apps/"
                + APP
                + "/v2/rooms/room"
                + i;
        calls.add(callers.submit(() -> start(client, base)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void start(HttpClient client, String room) {
    send(client, "POST", room, "{\"roomType\":4}");
    String answer =
        send(
            client,
            "PUT",
            room + "/records/states/1",
            "{\"mode\":\"web\",\"webRecordConfig\":{\"url\":\"http://127.0.0.1/page\"}}");
    String id = answer.replaceAll("(?s).*\"recordId\" *: *\"([^\"]+)\".*", "$1");
    wanted.put(id, System.nanoTime());
  }

  private String send(HttpClient client, String method, String address, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      for (int again = 0; answer.statusCode() == 503 && again < 20; again++) {
        later.incrementAndGet(); // a database that is too busy: nothing was done
        Pause.of(Duration.ofSeconds(1));
        answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the database did in a second, on average. */
  private record Usage(double cores, double transactions, double rowsWritten) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.2f cores, %.0f transactions/s, %.0f rows written/s",
          cores,
          transactions,
          rowsWritten);
    }
  }

  /** A look at the database from beside. */
  private static final class Watched {
    private final Database store;
    private final PostgresServer postgres;

    Watched(PostgresServer postgres, PostgresSettings settings) {
      this.postgres = postgres;
      this.store = Database.open(settings, Path.of("/"));
    }

    private Jdbi jdbi() {
      return store.jdbi();
    }

    private double number(String sql) {
      return jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Double.class).one());
    }

    int recording() {
      return (int) number("SELECT COUNT(*) FROM recordings WHERE state = 'RECORDING'");
    }

    /** Recordings of the first so many nodes. */
    int of(int first) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < first; i++) {
        names.add("'node" + i + "'");
      }
      return (int)
          number(
              "SELECT COUNT(*) FROM recordings WHERE running = 1 AND owner IN ("
                  + String.join(",", names)
                  + ")");
    }

    long megabytes() {
      return (long) number("SELECT pg_database_size(current_database()) / 1048576");
    }

    Usage during(Runnable deed) {
      long began = System.nanoTime();
      double cpu = postgres.cpuSeconds();
      double transactions = transactions();
      double rows = rows();
      deed.run();
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Usage(
          (postgres.cpuSeconds() - cpu) / seconds,
          (transactions() - transactions) / seconds,
          (rows() - rows) / seconds);
    }

    private double transactions() {
      return number("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
    }

    private double rows() {
      return number(
          "SELECT tup_inserted + tup_updated + tup_deleted FROM pg_stat_database WHERE datname ="
              + " current_database()");
    }
  }
}
