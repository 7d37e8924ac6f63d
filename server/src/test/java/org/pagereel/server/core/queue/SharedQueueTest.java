package org.pagereel.server.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.Pause;
import org.pagereel.server.platform.config.PostgresSettings;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.PostgresServer;
import org.pagereel.server.platform.store.TestStores;
import org.pagereel.server.platform.time.TimeSource;

/** Two nodes with one queue, on a real PostgreSQL. */
class SharedQueueTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Rows rows = new Rows();
  private PostgresSettings settings;

  /** What would be the kind's own table. */
  private static final class Rows {
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final Queue<String> runs = new ConcurrentLinkedQueue<>();
    private final Set<String> lasting = ConcurrentHashMap.newKeySet();
    private final Set<String> putOff = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Set<String> passed = ConcurrentHashMap.newKeySet();
  }

  /** A node's part. */
  private record Work(String node, Rows rows) implements WorkKind {
    @Override
    public String name() {
      return "work";
    }

    @Override
    public List<String> begun(Handle handle) {
      return List.of();
    }

    @Override
    public Optional<String> letIn(Set<String> letIn, Duration leastWait) {
      return rows.waiting.stream().filter(id -> !letIn.contains(id)).findFirst();
    }

    @Override
    public void passed(String id) {
      rows.passed.add(id);
    }

    @Override
    public Claim claim(String id) {
      return new Claim(rows.owners.get(id), 1, false);
    }

    @Override
    public Outcome work(String id) {
      rows.waiting.remove(id);
      if (rows.ended.contains(id)) {
        return Outcome.DONE; // the row says it; it was seen waiting a moment ago
      }
      rows.owners.put(id, node);
      rows.runs.add(node + " " + id);
      while (rows.lasting.contains(id)) {
        if (!node.equals(rows.owners.get(id))) {
          return Outcome.AGAIN; // another has it
        }
        Pause.of(Duration.ofMillis(20));
      }
      if (rows.putOff.remove(id)) {
        return Outcome.AGAIN;
      }
      rows.ended.add(id);
      return Outcome.DONE;
    }

    @Override
    public Duration pause(String id) {
      return Duration.ofSeconds(1);
    }
  }

  /** As a node stands that is told who is there. */
  private record Told(String node, Set<String> there) implements Standing {
    @Override
    public Optional<String> emptiest() {
      return Optional.empty();
    }

    @Override
    public void lookAgain(Runnable then) {
      then.run();
    }

    @Override
    public int rivals() {
      return there.size() - 1;
    }

    @Override
    public boolean isAnotherUp() {
      return there.size() > 1;
    }

    @Override
    public void drain() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasPeers() {
      return true;
    }

    @Override
    public boolean mayClaim() {
      return there.contains(node);
    }

    @Override
    public Duration waitBeforeClaim() {
      return Duration.ZERO;
    }

    @Override
    public boolean holdsLease() {
      return there.contains(node);
    }

    @Override
    public boolean isThere(String other) {
      return there.contains(other);
    }

    @Override
    public boolean leads(String task, Duration length) {
      return true;
    }

    @Override
    public Instant now() {
      return Instant.now();
    }
  }

  private final Set<String> there = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void begin() {
    Optional<PostgresServer> server = TestStores.server(PostgresServer.Make.DEBIAN);
    assumeTrue(server.isPresent(), "its programs are not here");
    settings = server.orElseThrow().database();
    there.addAll(Set.of("a", "b"));
  }

  @AfterEach
  void end() throws Exception {
    rows.lasting.clear();
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private Database node(String name) {
    Database database = Database.open(settings, folder);
    open.push(database);
    WorkQueue queue =
        new WorkQueue(
            database,
            name,
            8,
            List.of(new Work(name, rows)),
            TimeSource.system(),
            new Told(name, there));
    open.push(queue);
    queue.open();
    return database;
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

  @Test
  void eachPieceIsOneNodes() {
    List<String> ids = IntStream.range(0, 60).mapToObj(i -> "piece" + i).toList();
    rows.waiting.addAll(ids);
    Database a = node("a");
    node("b");
    assertThat(Await.until(SOON, () -> rows.runs.size() >= 60 && tasks(a).isEmpty())).isTrue();
    assertThat(rows.runs.stream().map(run -> run.substring(2)))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  /** It is let in by the other node when nobody has it any more, and the first one ends quietly. */
  @Test
  void whatALostNodeHadGoesOnElsewhere() {
    rows.lasting.add("long");
    rows.waiting.add("long");
    Database a = node("a");
    assertThat(Await.until(SOON, () -> rows.runs.contains("a long"))).isTrue();
    node("b");
    Pause.of(Duration.ofSeconds(4));
    assertThat(List.copyOf(rows.runs)).containsExactly("a long");
    there.remove("a");
    a.jdbi().useTransaction(handle -> WorkQueue.free(handle, "a"));
    assertThat(Await.until(SOON, () -> rows.runs.contains("b long"))).isTrue();
    rows.lasting.clear();
    assertThat(Await.until(SOON, () -> tasks(a).isEmpty())).isTrue();
    Pause.of(Duration.ofSeconds(2));
    assertThat(List.copyOf(rows.runs)).containsExactly("a long", "b long");
  }

  /** It seemed to wait, and another node had done it all meanwhile: that one clears it away. */
  @Test
  void whatIsPickedWhenAllIsOverStaysWithNobody() {
    rows.owners.put("over", "a");
    rows.ended.add("over");
    rows.waiting.add("over");
    Database b = node("b");
    assertThat(Await.until(SOON, () -> !rows.waiting.contains("over"))).isTrue();
    node("a");
    assertThat(Await.until(SOON, () -> tasks(b).isEmpty())).isTrue();
    assertThat(List.copyOf(rows.runs)).isEmpty();
  }

  /** A node's files lie on its disk: what it has put off is its own as long as it is there. */
  @Test
  void whatANodeHasPutOffIsItsOwn() {
    rows.putOff.add("later");
    rows.waiting.add("later");
    Database a = node("a");
    assertThat(Await.until(SOON, () -> rows.runs.contains("a later"))).isTrue();
    node("b");
    assertThat(Await.until(SOON, () -> tasks(a).isEmpty())).isTrue();
    assertThat(List.copyOf(rows.runs)).containsExactly("a later", "a later");
  }

  /** A store that takes nothing when a piece is put off must not keep it from its node. */
  @Test
  void whatCouldNotBeStoredOfAnEndIsDoneAgain() {
    rows.lasting.add("long");
    rows.putOff.add("long");
    rows.waiting.add("long");
    Database a = node("a");
    assertThat(Await.until(SOON, () -> rows.runs.contains("a long"))).isTrue();
    a.jdbi()
        .useTransaction(
            handle -> handle.execute("ALTER TABLE scheduled_tasks RENAME TO scheduled_tasks_away"));
    rows.lasting.clear();
    Pause.of(Duration.ofSeconds(2));
    a.jdbi()
        .useTransaction(
            handle -> handle.execute("ALTER TABLE scheduled_tasks_away RENAME TO scheduled_tasks"));
    assertThat(Await.until(SOON, () -> rows.ended.contains("long"))).isTrue();
    assertThat(List.copyOf(rows.runs)).containsExactly("a long", "a long");
    assertThat(Await.until(SOON, () -> tasks(a).isEmpty())).isTrue();
  }

  /** A task that a node made for a piece, and did not come to pick, is another's after a while. */
  @Test
  void whatWasLetInByADeadNodeIsPickedByAnother() {
    Database b = Database.open(settings, folder);
    open.push(b);
    b.jdbi()
        .useTransaction(handle ->
            handle.execute(
                "INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked,"
                    + " version) VALUES ('work', 'left', now(), false, 1)"));
    rows.waiting.add("left");
    node("b");
    assertThat(Await.until(SOON, () -> rows.runs.contains("b left"))).isTrue();
    assertThat(rows.passed).contains("left"); // it had a task already: its room was given back
  }
}
