package org.pagereel.server.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.ReadySignal;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.server.core.files.FolderStore;
import org.pagereel.server.core.queue.WorkQueue;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.node.Admission;
import org.pagereel.server.platform.node.DiskAccount;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;
import org.pagereel.server.platform.supervisor.Patience;
import org.pagereel.server.platform.supervisor.RecorderSettings;
import org.pagereel.server.platform.supervisor.Recorders;
import org.pagereel.server.platform.supervisor.StandIns;
import org.pagereel.server.platform.time.TimeSource;

/** The core of a server, from queue to owner, whose recorders are {@link StandInCamera}s. */
final class OwnerTestServer implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);
  static final Duration LONGEST = Duration.ofHours(2);

  /** Looks often; otherwise a test would wait for looks. */
  static final Duration LONGEST_WAIT = Duration.ofHours(2);

  static final Patience QUICK =
      new Patience(Duration.ofMillis(100), Duration.ofSeconds(15), Duration.ofSeconds(60), null);

  /** So many of the next changes of a recording are refused only when they are committed. */
  final AtomicInteger commitsThatFail = new AtomicInteger();

  final Path folder;
  final Owners owners = new Owners();
  final DiskAccount disk;
  final Admission admission;
  final Database database;
  final Recordings recordings;
  final RecordingWorker worker;
  private final String node;
  private final Map<String, List<Reason>> reasons = new ConcurrentHashMap<>();
  private final Recorders recorders;
  private final WorkQueue queue;

  OwnerTestServer(Path folder, String node, TimeSource time, Patience patience, int atOnce) {
    this.folder = folder;
    this.node = node;
    database = TestStores.open(folder);
    recorders = StandIns.cameras(new RecorderSettings(node, null));
    disk = new DiskAccount(folder);
    admission = new Admission(atOnce, disk, time);
    Announcer announcer =
        (handle, recording, reason) -> {
          if (commitsThatFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            handle.execute("ROLLBACK"); // so that the COMMIT finds nothing to commit
            return;
          }
          reason.ifPresent(why ->
              reasons.computeIfAbsent(recording.id(), id -> new CopyOnWriteArrayList<>()).add(why));
        };
    worker =
        new RecordingWorker(
            node,
            database.jdbi(),
            announcer,
            owners,
            admission,
            disk,
            recorders,
            new FolderStore(folder),
            Standing.alone(node, time::steady),
            time,
            patience,
            LONGEST_WAIT);
    queue = new WorkQueue(database, node, 20, List.of(worker), time);
    recordings = new Recordings(database.jdbi(), owners, queue, announcer, 20);
    queue.open();
  }

  /** Starts a recording whose recorder behaves like this. */
  void start(String id, String manners, boolean hold) {
    RecordingSpec spec =
        new RecordingSpec(
            new PageSpec(
                "http://stand.in/?" + manners,
                new PageSize(640, 360),
                new ReadySignal.Load(),
                Duration.ofSeconds(60)),
            new PictureSpec(15, 800),
            SoundProfile.STEREO,
            null,
            new RecordingSpec.Limits(LONGEST, null));
    assertThat(
            recordings.start(
                new Recordings.Order(id, "test", "scope", id, spec, hold, "ticket-" + id, "{}")))
        .isPresent();
  }

  /** Accepted: whatever happens now, it must be done. */
  void want(String id, Desired desired) {
    assertThat(recordings.want("test", "scope", id, desired)).isPresent();
  }

  Recording find(String id) {
    return database.jdbi().withHandle(handle -> RecordingStore.find(handle, id)).orElseThrow();
  }

  RecordingState state(String id) {
    return find(id).state();
  }

  int attempt(String id) {
    return find(id).status().tries().attempt();
  }

  List<Reason> reasons(String id) {
    return reasons.getOrDefault(id, List.of());
  }

  Recording await(String id, RecordingState state) {
    return await(id, recording -> recording.state() == state);
  }

  Recording await(String id, Predicate<Recording> condition) {
    assertThat(Await.until(SOON, () -> condition.test(find(id)))).as("%s", find(id)).isTrue();
    return find(id);
  }

  /** The values of a statement's only column, as text. */
  List<String> query(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  /** Its recorder's process, which is the only one. */
  ProcessHandle process(String id) {
    List<ProcessHandle> alive = processes(id);
    assertThat(alive).as(id).hasSize(1);
    return alive.getFirst();
  }

  List<ProcessHandle> processes(String id) {
    List<ProcessHandle> alive = new ArrayList<>();
    for (int attempt = 1; attempt < 8; attempt++) {
      alive.addAll(Leftovers.processes(node + "-" + id + "-" + attempt));
    }
    return alive;
  }

  Path file(String id, String name) {
    return folder.resolve(id).resolve(name);
  }

  List<String> lines(String id, String name) {
    try {
      Path file = file(id, name);
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The longest stretch in which its recorder recorded nothing; it may have been paused. */
  Duration longestGap(String id) {
    long longest = 0;
    @Nullable Long before = null;
    for (String line : lines(id, StandInCamera.MEDIA)) {
      long at = Long.parseLong(line);
      longest = before == null ? 0 : Math.max(longest, at - before);
      before = at;
    }
    return Duration.ofNanos(longest);
  }

  /** Takes the store's write lock, as another process might, until it is closed. */
  Lock lock() throws SQLException {
    return new Lock(folder);
  }

  /** The write lock. */
  static final class Lock implements AutoCloseable {
    private final Connection connection;

    Lock(Path folder) throws SQLException {
      connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("pagereel.db"));
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 10000");
        statement.execute("BEGIN IMMEDIATE");
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close(); // nothing was written
    }
  }

  @Override
  public void close() {
    queue.close();
    recorders.close();
    Leftovers.reapAll(node + "-");
    database.close();
  }
}
