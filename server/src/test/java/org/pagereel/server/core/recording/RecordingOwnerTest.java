package org.pagereel.server.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.Pause;
import org.pagereel.server.SetTime;
import org.pagereel.server.SideBySide;
import org.pagereel.server.core.files.FolderStore;
import org.pagereel.server.core.files.RecordingResult;
import org.pagereel.server.core.queue.WorkKind;
import org.pagereel.server.platform.supervisor.Patience;

/** A recorder is stopped for a reason of its recording, and never because something else failed. */
class RecordingOwnerTest {
  private static final AtomicInteger NODES = new AtomicInteger();

  /** Gross: a pause of the machine counts, too. */
  private static final Duration UNBROKEN = Duration.ofSeconds(4);

  /** By every {@link StandInCamera}. */
  private static final RecordingResult MADE =
      new RecordingResult(
          9000,
          null,
          List.of(new RecordingResult.Video("page.mp4", 0, 9000, 10)),
          RecordingResult.NOTHING.streams());

  @TempDir Path folder;
  private final String node = "owner" + NODES.incrementAndGet();
  private final SetTime time = new SetTime();

  @AfterAll
  static void nothingIsLeft() {
    assertThat(
            Await.until(
                Duration.ofSeconds(10),
                () ->
                    ProcessHandle.current()
                        .descendants()
                        .noneMatch(
                            child -> child.info().commandLine().orElse("").contains("StandIn"))))
        .isTrue();
  }

  private OwnerTestServer desk() {
    return new OwnerTestServer(folder, node, time, OwnerTestServer.QUICK, 10);
  }

  /** With the write lock elsewhere until owners have failed to store what happened. */
  @Test
  @SideBySide
  void theStoreIsLocked() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("plain", "", false);
      desk.start("paused", "pauses=800", false);
      desk.start("idle", "", false);
      for (String id : List.of("plain", "paused", "idle")) {
        desk.await(id, RecordingState.RECORDING);
      }
      List<ProcessHandle> running =
          Stream.of("plain", "paused", "idle").map(desk::process).toList();
      desk.want("paused", Desired.HOLD);
      try (OwnerTestServer.Lock _ = desk.lock()) {
        Files.createFile(desk.file("idle", StandInCamera.IDLE));
        assertThat(Await.until(OwnerTestServer.SOON, () -> desk.owners.degraded() >= 2)).isTrue();
        assertThat(running.get(0).isAlive()).isTrue();
        assertThat(running.get(1).isAlive()).isTrue();
        assertThat(desk.state("paused"))
            .as("nothing else could be stored")
            .isEqualTo(RecordingState.RECORDING);
        assertThat(desk.state("idle")).isEqualTo(RecordingState.RECORDING);
      }
      desk.await("paused", RecordingState.PAUSED);
      assertThat(desk.await("idle", RecordingState.FINISHED).ended()).isEqualTo(EndCause.IDLE);
      assertThat(desk.find("idle").result()).isEqualTo(MADE);
      assertThat(Await.until(OwnerTestServer.SOON, () -> desk.owners.degraded() == 0)).isTrue();
      assertThat(desk.state("plain")).isEqualTo(RecordingState.RECORDING);
      assertThat(List.of(desk.process("plain"), desk.process("paused")))
          .isEqualTo(running.subList(0, 2));
      for (String id : List.of("plain", "paused", "idle")) {
        assertThat(desk.attempt(id)).as(id).isEqualTo(1);
        assertThat(desk.longestGap(id)).as(id).isLessThan(UNBROKEN);
      }
      desk.want("paused", Desired.RUN);
      desk.await("paused", RecordingState.RECORDING);
      for (String id : List.of("plain", "paused")) {
        desk.want(id, Desired.STOP);
        assertThat(desk.await(id, RecordingState.FINISHED).ended()).isEqualTo(EndCause.ASKED);
      }
      assertThat(desk.reasons("idle")).containsExactly(Reason.STARTED, Reason.STOPPED);
    }
  }

  /** As on a full disk: memory must not know more than the store. */
  @Test
  @SideBySide
  void aChangeIsRefusedWhenItIsCommitted() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("killed", "", false);
      desk.await("killed", RecordingState.RECORDING);
      ProcessHandle recorder = desk.process("killed");
      desk.commitsThatFail.set(2);
      recorder.destroyForcibly();
      desk.await("killed", row -> row.status().tries().attempt() == 2);
      desk.await("killed", RecordingState.RECORDING);
      assertThat(desk.longestGap("killed")).isLessThan(Duration.ofSeconds(15));
      assertThat(Await.until(OwnerTestServer.SOON, () -> isTaken(desk, "killed", Desired.STOP)))
          .isTrue();
      desk.commitsThatFail.set(2);
      assertThat(desk.await("killed", RecordingState.FINISHED).ended()).isEqualTo(EndCause.ASKED);
    }
  }

  /** A store that has just refused something takes nothing for a moment. */
  private static boolean isTaken(OwnerTestServer desk, String id, Desired desired) {
    try {
      desk.want(id, desired);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Its heartbeat came too late: it is claimed again, by the process that has it. */
  @Test
  @SideBySide
  void claimedTwice() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("twice", "", false);
      desk.await("twice", RecordingState.RECORDING);
      ProcessHandle recorder = desk.process("twice");
      Thread second = Thread.ofPlatform().start(() -> desk.worker.work("twice"));
      assertThat(Await.until(OwnerTestServer.SOON, () -> second.getState() == Thread.State.WAITING))
          .as("it waits for the first one's end")
          .isTrue();
      assertThat(desk.process("twice")).isEqualTo(recorder);
      desk.want("twice", Desired.STOP);
      desk.await("twice", RecordingState.FINISHED);
      second.join(OwnerTestServer.SOON);
      assertThat(second.isAlive()).isFalse();
      assertThat(desk.attempt("twice")).isEqualTo(1);
    }
  }

  /** A machine's clock that somebody sets ends nothing and starts nothing. */
  @Test
  @SideBySide
  void theClockIsSetInEveryState() throws Exception {
    try (OwnerTestServer desk = new OwnerTestServer(folder, node, time, OwnerTestServer.QUICK, 5)) {
      desk.start("starting", "never", false);
      desk.start("ready", "", true);
      desk.start("recording", "", false);
      desk.start("paused", "", false);
      desk.start("completing", "completes=600000", false);
      desk.await("paused", RecordingState.RECORDING);
      desk.want("paused", Desired.HOLD);
      desk.await("completing", RecordingState.RECORDING);
      desk.want("completing", Desired.STOP);
      desk.await("starting", RecordingState.STARTING);
      desk.await("ready", RecordingState.READY);
      desk.await("recording", RecordingState.RECORDING);
      desk.await("paused", RecordingState.PAUSED);
      desk.await("completing", RecordingState.FINISHING);
      desk.start("queued", "", false);
      List<String> ids =
          List.of("starting", "ready", "recording", "paused", "completing", "queued");
      List<Status> before = ids.stream().map(id -> desk.find(id).status()).toList();
      List<ProcessHandle> recorders =
          ids.stream().flatMap(id -> desk.processes(id).stream()).toList();
      assertThat(recorders).hasSize(5);
      for (int hours : List.of(1, -2, 1)) {
        time.set(Duration.ofHours(hours));
        // Heartbeats are missed after 4 s, a recorder is silent after 15; both would be at once.
        Pause.of(Duration.ofMillis(1500));
        assertThat(ids.stream().map(id -> desk.find(id).status()).toList()).isEqualTo(before);
        assertThat(ids.stream().flatMap(id -> desk.processes(id).stream()).toList())
            .isEqualTo(recorders);
        assertThat(desk.owners.size()).isEqualTo(5);
      }
      desk.want("recording", Desired.STOP);
      desk.await("recording", RecordingState.FINISHED);
      desk.await("queued", RecordingState.RECORDING);
      assertThat(desk.longestGap("recording")).isLessThan(UNBROKEN);
    }
  }

  /** A recorder that died twice is replaced after a second, not after an hour and not at once. */
  @Test
  @SideBySide
  void theClockIsSetBeforeARestart() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("restarting", "dies=2", false);
      desk.await("restarting", row -> row.status().tries().attempt() == 3);
      time.set(Duration.ofHours(-1));
      Pause.of(Duration.ofMillis(300));
      time.set(Duration.ofHours(2));
      desk.await("restarting", RecordingState.RECORDING);
      assertThat(desk.attempt("restarting")).isEqualTo(3);
    }
  }

  /** As one that was killed. */
  @Test
  @SideBySide
  void aRecorderThatBroke() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("broke", "breaks=1", false);
      desk.await("broke", RecordingState.RECORDING);
      assertThat(desk.attempt("broke")).isEqualTo(2);
      assertThat(desk.reasons("broke")).containsExactly(Reason.STARTED);
    }
  }

  /** What was made is stored with the end, and the end is tried again until both are stored. */
  @Test
  @SideBySide
  void theStoreTakesNoResult() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("made", "", false);
      desk.await("made", RecordingState.RECORDING);
      desk.database
          .jdbi()
          .useTransaction(handle ->
              handle.execute(
                  "CREATE TRIGGER refuse BEFORE UPDATE ON recordings WHEN NEW.result IS NOT NULL"
                      + " BEGIN SELECT RAISE(ABORT, 'no room for a result'); END"));
      assertThat(desk.find("made").result()).isNull();
      desk.want("made", Desired.STOP);
      assertThat(Await.until(OwnerTestServer.SOON, () -> desk.owners.degraded() == 1)).isTrue();
      assertThat(desk.state("made")).isEqualTo(RecordingState.FINISHING);
      desk.database.jdbi().useTransaction(handle -> handle.execute("DROP TRIGGER refuse"));
      Recording ended = desk.await("made", RecordingState.FINISHED);
      assertThat(ended.result()).isEqualTo(MADE);
      assertThat(ended.ended()).isEqualTo(EndCause.ASKED);
      assertThat(desk.attempt("made")).isEqualTo(1);
      assertThat(desk.reasons("made")).containsExactly(Reason.STARTED, Reason.STOPPED);
      desk.start("refused", "completes=1500", false);
      desk.await("refused", RecordingState.RECORDING);
      desk.want("refused", Desired.STOP);
      desk.await("refused", RecordingState.FINISHING);
      desk.commitsThatFail.set(2);
      assertThat(desk.await("refused", RecordingState.FINISHED).result()).isEqualTo(MADE);
    }
  }

  /** The server dies before the end is stored: the next one stores what was made. */
  @Test
  @SideBySide
  void theNextServerStoresTheResult() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("left", "", false);
      desk.await("left", RecordingState.RECORDING);
      desk.want("left", Desired.STOP);
      desk.await("left", RecordingState.FINISHED);
      desk.database
          .jdbi()
          .useTransaction(handle ->
              handle.execute(
                  "UPDATE recordings SET result = NULL, state = 'FINISHING', status = ?",
                  "{\"is\":\"finishing\",\"tries\":{\"attempt\":1,\"misses\":0,\"deaths\":0,"
                      + "\"announced\":true,\"captured\":true}}"));
    }
    try (OwnerTestServer desk = desk()) {
      assertThat(desk.await("left", RecordingState.FINISHED).result()).isEqualTo(MADE);
    }
  }

  @Test
  @SideBySide
  void aResultThatCannotBeReadCostsNoEnd() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("unread", "", false);
      desk.await("unread", RecordingState.RECORDING);
      Files.writeString(desk.file("unread", StreamFiles.FILE), "cut off: {\"tot");
      desk.want("unread", Desired.STOP);
      Recording ended = desk.await("unread", RecordingState.FINISHED);
      assertThat(ended.result()).isNull();
      FolderStore files = new FolderStore(folder);
      assertThat(ended.resultIn(files)).isEqualTo(MADE);
    }
  }

  @Test
  @SideBySide
  void oneThatNeverBeganMadeNothing() {
    try (OwnerTestServer desk = new OwnerTestServer(folder, node, time, OwnerTestServer.QUICK, 1)) {
      desk.start("first", "", false);
      desk.await("first", RecordingState.RECORDING);
      desk.start("second", "", false);
      desk.want("second", Desired.STOP);
      Recording stopped = desk.await("second", RecordingState.FINISHED);
      assertThat(stopped.resultIn(new FolderStore(folder))).isEqualTo(RecordingResult.NOTHING);
    }
  }

  /** Not from when it was asked for, and no clock is set that it goes by. */
  @Test
  @SideBySide
  void theLongestDurationCountsFromTheFirstRecordedMoment() throws Exception {
    Duration most = OwnerTestServer.LONGEST;
    try (OwnerTestServer desk = desk()) {
      desk.start("held", "", true);
      desk.await("held", RecordingState.READY);
      time.pass(most.multipliedBy(9).dividedBy(10));
      desk.want("held", Desired.RUN);
      desk.await("held", RecordingState.RECORDING);
      time.pass(most.multipliedBy(9).dividedBy(10));
      time.set(Duration.ofDays(1));
      Pause.of(Duration.ofMillis(600));
      assertThat(desk.state("held")).isEqualTo(RecordingState.RECORDING);
    }
    // The next server counts on.
    time.set(Duration.ofDays(-1));
    try (OwnerTestServer desk = desk()) {
      desk.await(
          "held",
          row -> row.state() == RecordingState.RECORDING && row.status().tries().attempt() == 2);
      time.pass(most.dividedBy(5));
      assertThat(desk.await("held", RecordingState.FINISHED).ended()).isEqualTo(EndCause.LIMIT);
    }
  }

  @Test
  @SideBySide
  void aResumeDuringThePauseBeforeARestart() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("resumed", "dies=2", true);
      desk.await("resumed", row -> row.status().tries().attempt() == 3);
      desk.want("resumed", Desired.RUN);
      desk.await("resumed", RecordingState.RECORDING);
      assertThat(desk.attempt("resumed")).isEqualTo(3);
    }
  }

  /** What ended a recording first has ended it, whatever comes while its files are completed. */
  @Test
  @SideBySide
  void aServerThatIsStoppedChangesNoReason() throws Exception {
    try (OwnerTestServer desk = desk()) {
      for (String id : List.of("idle", "limit", "asked")) {
        desk.start(id, "completes=3000", false);
      }
      for (String id : List.of("idle", "limit", "asked")) {
        desk.await(id, RecordingState.RECORDING);
      }
      time.pass(OwnerTestServer.LONGEST.minusMinutes(1));
      desk.start("later", "completes=300", false);
      desk.await("later", RecordingState.RECORDING);
      Files.createFile(desk.file("idle", StandInCamera.IDLE));
      desk.await("idle", RecordingState.FINISHING);
      desk.want("asked", Desired.STOP);
      time.pass(Duration.ofMinutes(2));
      desk.await("limit", RecordingState.FINISHING);
      assertThat(desk.worker.stopAll(OwnerTestServer.SOON)).isTrue();
      assertThat(desk.find("idle").ended()).isEqualTo(EndCause.IDLE);
      assertThat(desk.find("limit").ended()).isEqualTo(EndCause.LIMIT);
      assertThat(desk.find("asked").ended()).isEqualTo(EndCause.ASKED);
      assertThat(desk.find("later").ended()).isEqualTo(EndCause.ASKED);
    }
  }

  @Test
  @SideBySide
  void aCompletionThatFailedIsTriedAgain() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("full", "", false);
      desk.await("full", RecordingState.RECORDING);
      Files.createFile(desk.file("full", StandInCamera.FULL));
      desk.want("full", Desired.STOP);
      Duration first = Duration.ofSeconds(10);
      assertThat(Await.until(OwnerTestServer.SOON, () -> desk.worker.pause("full").equals(first)))
          .isTrue();
      assertThat(desk.state("full")).isEqualTo(RecordingState.FINISHING);
      assertThat(desk.worker.work("full")).isEqualTo(WorkKind.Outcome.AGAIN);
      assertThat(desk.worker.pause("full")).isGreaterThan(first);
      assertThat(new FolderStore(folder).hasUnmadeSlices("full")).isFalse();
      Files.createFile(desk.file("full", "page-1-1.ts"));
      assertThat(new FolderStore(folder).hasUnmadeSlices("full")).isTrue();
    }
    Files.delete(folder.resolve("full").resolve(StandInCamera.FULL));
    try (OwnerTestServer desk = desk()) {
      desk.await("full", RecordingState.FINISHED);
      assertThat(desk.attempt("full")).isEqualTo(1);
      assertThat(new FolderStore(folder).hasUnmadeSlices("full")).isFalse();
    }
  }

  @Test
  @SideBySide
  void theReportOfWhatTheServerCompletedNamesTheKindOfFailure() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("lack", "full", false);
      desk.await("lack", RecordingState.FAILED);
      assertThat(new FolderStore(folder).report("lack").orElseThrow().failure())
          .isEqualTo(new Report.Failure(FailureCategory.CAPACITY, "No space left on device"));
    }
  }

  @Test
  @SideBySide
  void aRecorderThatIsSilentAfterStop() throws Exception {
    Patience little =
        new Patience(Duration.ofMillis(100), Duration.ofSeconds(15), Duration.ofSeconds(3), null);
    try (OwnerTestServer desk = new OwnerTestServer(folder, node, time, little, 10)) {
      desk.start("deaf", "deaf", false);
      desk.await("deaf", RecordingState.RECORDING);
      ProcessHandle recorder = desk.process("deaf");
      desk.want("deaf", Desired.STOP);
      assertThat(desk.await("deaf", RecordingState.FINISHED).ended()).isEqualTo(EndCause.ASKED);
      assertThat(recorder.isAlive()).isFalse();
    }
  }

  /** Whoever took over has not recorded yet: until then ours does. */
  @Test
  @SideBySide
  void anotherOwner() throws Exception {
    try (OwnerTestServer desk = desk()) {
      desk.start("mine", "", false);
      AttemptHistory tries = desk.await("mine", RecordingState.RECORDING).status().tries();
      ProcessHandle recorder = desk.process("mine");
      become(desk, new Status.Starting(tries.next(), time.steady().plusSeconds(60)));
      desk.owners.wake("mine");
      Pause.of(Duration.ofMillis(700));
      assertThat(recorder.isAlive()).isTrue();
      become(desk, new Status.Running(tries.next(), time.steady()));
      assertThat(Await.until(OwnerTestServer.SOON, () -> !recorder.isAlive())).isTrue();
    }
  }

  private static void become(OwnerTestServer desk, Status status) {
    desk.database
        .jdbi()
        .useTransaction(handle -> {
          Recording before = RecordingStore.find(handle, "mine").orElseThrow();
          Recording now =
              before.with(
                  Decision.to(status), new Happening.Claimed(null, false), before.createdAt());
          RecordingStore.update(handle, now.claimedBy("another"), before.claim().epoch());
        });
  }
}
