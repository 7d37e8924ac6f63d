package org.pagereel.server.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.files.FolderStore;
import org.pagereel.server.core.queue.WorkKind.Outcome;
import org.pagereel.server.core.queue.WorkQueue;
import org.pagereel.server.core.recording.RecordingState;
import org.pagereel.server.core.recording.RecordingStore;
import org.pagereel.server.core.replay.ReplayFailure.Cause;
import org.pagereel.server.core.replay.StandInRecorder.Plan;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.node.Admission;
import org.pagereel.server.platform.node.Demand;
import org.pagereel.server.platform.node.DiskAccount;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.TestStores;
import org.pagereel.server.platform.supervisor.RecorderSettings;
import org.pagereel.server.platform.supervisor.Recorders;
import org.pagereel.server.platform.supervisor.StandIns;
import org.pagereel.server.platform.time.TimeSource;

/**
 * One task after the other, behind recordings; what hangs is ended; what is stored is announced.
 */
class ReplayWorkerTest {
  private static final Demand DEMAND =
      new Demand("test", PageSize.FULL_HD, 30, new DiskAccount.Appetite(1, 1));

  @TempDir Path folder;
  private final List<String> announced = new CopyOnWriteArrayList<>();
  private final DiskAccount disk = new DiskAccount(Path.of("/tmp"));
  private final Admission admission = new Admission(1, disk, TimeSource.system());
  private Plan plan = Plan.of(10, 1);
  private Database database;
  private Recorders recorders;
  private WorkQueue queue;
  private Replays replays;
  private ReplayWorker worker;

  @BeforeEach
  void open() {
    database = TestStores.open(folder);
    recorders = StandIns.recorders(new RecorderSettings("replayworkertest", null), 0);
    worker = worker(this::write, Duration.ofSeconds(20));
    queue = new WorkQueue(database, "test", 10, List.of(worker), TimeSource.system());
    replays = new Replays(database.jdbi(), queue, 10, InstantSource.system());
  }

  @AfterEach
  void close() {
    worker.close();
    queue.close();
    recorders.close();
    database.close();
  }

  private ReplayWorker worker(ClassSource source, Duration silence) {
    return new ReplayWorker(
        "test",
        database.jdbi(),
        (transaction, before, now) -> {
          ReplayTask stored = ReplayStore.find(transaction, now.id()).orElseThrow();
          assertThat(stored).as("stored first").isEqualTo(now);
          announced.add(
              before.state() + " " + before.progress() + " " + now.state() + " " + now.progress());
        },
        admission,
        disk,
        recorders,
        this::recordingsWait,
        task -> source,
        new FolderStore(folder),
        Standing.alone("test", Instant::now),
        silence,
        TimeSource.system());
  }

  private boolean recordingsWait() {
    return database
            .jdbi()
            .withHandle(handle -> RecordingStore.countIn(handle, RecordingState.QUEUED))
        > 0;
  }

  private long write(String scope, String groupId, Path to) throws IOException {
    assertThat(scope).isEqualTo("app");
    assertThat(groupId).startsWith("group");
    Files.writeString(
        to.resolve(StandInRecorder.MESSAGES),
        "{\"MsgBody\":[{\"MsgContent\":{\"Ext\":\"StandIn\",\"Data\":%s}}]}\n"
            .formatted(Json.LINES.writeValueAsString(Json.LINES.writeValueAsString(plan))));
    Files.writeString(to.resolve(ClassEvent.FILE), new ClassEvent.Hole(1).written() + "\n");
    return 1;
  }

  private String order(String id) {
    Replays.Answer answer =
        replays.order(
            new Replays.Order(
                id,
                "face",
                "app",
                "room" + id,
                "group" + id,
                new ReplayRequest(null, null, null, null, null, null)));
    assertThat(answer).isInstanceOf(Replays.Answer.Taken.class);
    return id;
  }

  @Test
  void everyChangeIsAnnouncedOnceAndProgressGrows() {
    assertThat(worker.work(order("1"))).isEqualTo(Outcome.DONE);
    List<String> expected = new ArrayList<>(List.of("QUEUED 0 PROCESSING 0"));
    for (int i = 10; i <= 90; i += 10) {
      expected.add("PROCESSING %d PROCESSING %d".formatted(i - 10, i));
    }
    // All work is done a moment before the result is there; nobody is told of 100 before that.
    expected.add("PROCESSING 90 PROCESSING 99");
    expected.add("PROCESSING 99 FINISHED 100");
    assertThat(announced).containsExactlyElementsOf(expected);
    ReplayTask task = replays.find("1").orElseThrow();
    assertThat(task.result()).isNotNull();
    assertThat(task.startedAt()).isNotNull();
    assertThat(task.endedAt()).isAfterOrEqualTo(task.startedAt());
    assertThat(replays.files("1").orElseThrow())
        .containsExactlyInAnyOrder("camera-1.mp4", "camera-2.mp4", "board.mp4");
    assertThat(replays.files("2")).isEmpty();
  }

  @Test
  void behindRecordings() {
    String id = order("1");
    database
        .jdbi()
        .useTransaction(handle ->
            handle.execute(
                "INSERT INTO recordings (id, face, scope, subject, spec, ticket, extra, desired,"
                    + " status, state, running, created_at) VALUES ('r', '', '', '', '', '', '', '',"
                    + " '', 'QUEUED', 1, 0)"));
    assertThat(worker.work(id)).as("a recording waits").isEqualTo(Outcome.WAITS);
    database.jdbi().useTransaction(handle -> handle.execute("DELETE FROM recordings"));
    assertThat(admission.admit("r", DEMAND)).isTrue();
    assertThat(worker.work(id)).as("the machine is full").isEqualTo(Outcome.WAITS);
    assertThat(announced).isEmpty();
    admission.leave("r");
    assertThat(worker.work(id)).isEqualTo(Outcome.DONE);
  }

  @Test
  void oneAtATimeAndNoRecordingWaitsForIt() throws Exception {
    plan = Plan.of(200, 50);
    String first = order("1");
    CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> worker.work(first));
    assertThat(Await.until(Duration.ofSeconds(20), () -> announced.size() > 1)).isTrue();
    assertThat(worker.work(order("2"))).isEqualTo(Outcome.WAITS);
    assertThat(admission.admit("r", DEMAND)).as("though one is the most").isTrue();
    worker.close();
    assertThat(running.get()).as("to be gone on with").isEqualTo(Outcome.AGAIN);
    ReplayTask task = replays.find(first).orElseThrow();
    assertThat(task.state()).isEqualTo(ReplayState.PROCESSING);
    assertThat(task.failedAttempts()).as("the task is not at fault").isZero();
  }

  @Test
  void whatHangsIsEnded() {
    plan = new Plan(10, 1, 3, FailureCategory.INTERNAL, true, false);
    ReplayWorker impatient = worker(this::write, Duration.ofSeconds(8));
    String id = order("1");
    assertThat(impatient.work(id)).isEqualTo(Outcome.AGAIN);
    assertThat(replays.find(id).orElseThrow().failedAttempts()).isEqualTo(1);
    assertThat(replays.find(id).orElseThrow().progress()).isEqualTo(30);
  }

  @Test
  void aFolderThatCannotBeFilled() {
    ReplayWorker poor =
        worker(
            (scope, group, to) -> {
              throw new IOException("No space left on device: " + to);
            },
            Duration.ofSeconds(4));
    String id = order("1");
    assertThat(poor.work(id)).isEqualTo(Outcome.AGAIN);
    assertThat(poor.work(id)).isEqualTo(Outcome.AGAIN);
    assertThat(poor.work(id)).isEqualTo(Outcome.DONE);
    ReplayFailure failure = replays.find(id).orElseThrow().failure();
    assertThat(failure)
        .isEqualTo(
            new ReplayFailure(Cause.BROKEN, "The class's folder cannot be used: IOException"));
    assertThat(poor.work(id)).as("once and for all").isEqualTo(Outcome.DONE);
  }

  @Test
  void aSourceThatBreaks() {
    ReplayWorker poor =
        worker(
            (scope, group, to) -> {
              throw new IllegalStateException("secret");
            },
            Duration.ofSeconds(4));
    String id = order("1");
    assertThat(List.of(poor.work(id), poor.work(id), poor.work(id)))
        .containsExactly(Outcome.AGAIN, Outcome.AGAIN, Outcome.DONE);
    assertThat(replays.find(id).orElseThrow().failure())
        .isEqualTo(
            new ReplayFailure(Cause.BROKEN, "Something went wrong here; the server's log has it"));
  }

  @Test
  void whatIsRefusedAndWhatIsEmpty() {
    ReplayWorker closed =
        worker(
            (scope, group, to) -> {
              throw new ClassUnavailable(Cause.NO_MESSAGES, "The vendor says no");
            },
            Duration.ofSeconds(4));
    String id = order("1");
    assertThat(closed.work(id)).isEqualTo(Outcome.DONE);
    assertThat(replays.find(id).orElseThrow().failure())
        .isEqualTo(new ReplayFailure(Cause.NO_MESSAGES, "The vendor says no"));
    ReplayWorker empty = worker((scope, group, to) -> 0, Duration.ofSeconds(4));
    String other = order("2");
    assertThat(empty.work(other)).isEqualTo(Outcome.DONE);
    assertThat(replays.find(other).orElseThrow().failure().cause()).isEqualTo(Cause.NO_MESSAGES);
  }

  /** Of many that want the same room at once. */
  @Test
  void oneUnfinishedTaskOfARoom() throws Exception {
    List<CompletableFuture<Replays.Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String id = "t" + i;
      answers.add(
          CompletableFuture.supplyAsync(() ->
              replays.order(
                  new Replays.Order(
                      id,
                      "face",
                      "app",
                      "room",
                      "group",
                      new ReplayRequest(null, null, null, null, null, null)))));
    }
    int taken = 0;
    for (CompletableFuture<Replays.Answer> answer : answers) {
      taken += answer.get() instanceof Replays.Answer.Taken ? 1 : 0;
    }
    assertThat(taken).isEqualTo(1);
  }

  /** A task whose server died before it was queued, and one whose server died at its very end. */
  @Test
  void nothingIsForgotten() throws Exception {
    database
        .jdbi()
        .useTransaction(handle -> {
          for (String id : List.of("a", "b")) {
            ReplayStore.insert(
                handle,
                new Replays.Order(
                    id,
                    "face",
                    "app",
                    id,
                    "group",
                    new ReplayRequest(null, null, null, null, null, null)),
                Instant.now());
          }
        });
    Path made = Files.createDirectories(folder.resolve("b"));
    Files.writeString(made.resolve(ClassEvent.FILE), "\n");
    Files.writeString(
        made.resolve("replay.json"),
        "{\"startedAt\":1,\"files\":{\"totalMillis\":0,\"files\":[],\"interrupts\":[],\"omitted\":[],\"missing\":[\"everything\"]},\"unknownActions\":{},\"holes\":0}");
    queue.open();
    for (String id : List.of("a", "b")) {
      assertThat(
              Await.until(
                  Duration.ofSeconds(30),
                  () -> replays.find(id).orElseThrow().state() == ReplayState.FINISHED))
          .isTrue();
    }
    assertThat(made.resolve("starts.log")).as("it was finished already").doesNotExist();
  }
}
