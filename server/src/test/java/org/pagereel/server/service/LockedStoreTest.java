package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.Pause;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.store.StoreLock;
import org.pagereel.server.service.AllFaces.Answer;
import tools.jackson.databind.JsonNode;

/**
 * Another process has the store locked: commands over every face are done, or refused within five
 * seconds and not done; what is asked is answered meanwhile.
 */
@WholeMachine
class LockedStoreTest {
  private static final Duration LOCKED = Duration.ofSeconds(Long.getLong("pagereel.locked", 4));
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

  /** Reads wait for nothing; on a busy machine that takes its time. */
  private static final Duration READ_WITHIN = Duration.ofSeconds(2);

  @TempDir Path folder;
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean locked = new AtomicBoolean(true);
  private AllFaces server;
  private String task;

  /** What a client does, the n-th time. */
  private interface Command {
    Answer give(int n) throws Exception;
  }

  @BeforeEach
  void open() throws Exception {
    server = new AllFaces(folder, folder.resolve("data"));
    assertThat(server.room("before").status()).isEqualTo(200);
    assertThat(server.group("g").status()).isEqualTo(200);
    assertThat(server.group("times").status()).isEqualTo(200);
    assertThat(server.message("g", 0, "0").status()).isEqualTo(200);
    assertThat(server.callback("http://127.0.0.1:9/0").status()).isEqualTo(200);
    for (String room : List.of("begins", "ends", "held")) {
      assertThat(server.room(room).status()).isEqualTo(200);
    }
    for (String room : List.of("ends", "held")) {
      Answer started = server.record(room);
      assertThat(started.status()).as("%s", started).isEqualTo(200);
      AllFaces.await(() -> server.recordOf(room).path("ready").asBoolean());
    }
    Answer online = server.startOnline("before");
    task = online.body().at("/Response/TaskId").asString("");
    AllFaces.await(() -> status(task).equals("RECORDING"));
  }

  @AfterEach
  void close() {
    clients.close();
    server.close();
  }

  @Test
  void commandsAreDoneOrRefusedAndNeverBoth() throws Exception {
    CompletableFuture<Map<Integer, Answer>> rooms;
    CompletableFuture<Map<Integer, Answer>> messages;
    CompletableFuture<Map<Integer, Answer>> times;
    CompletableFuture<Map<Integer, Answer>> callbacks;
    CompletableFuture<Map<Integer, Answer>> crowd;
    CompletableFuture<Map<Integer, Answer>> starts;
    CompletableFuture<Map<Integer, Answer>> stops;
    CompletableFuture<Map<Integer, Answer>> holds;
    CompletableFuture<Map<Integer, Answer>> startsOnline;
    CompletableFuture<Map<Integer, Answer>> stopsOnline;
    CompletableFuture<Map<Integer, Answer>> replays;
    List<CompletableFuture<List<Answer>>> reads = new ArrayList<>();
    try (StoreLock _ = new StoreLock(server.store())) {
      rooms = client(n -> server.room("r" + n));
      messages = client(n -> server.message("g", n, String.valueOf(n)));
      times = client(n -> server.timeLine("times"));
      callbacks = client(n -> server.callback("http://127.0.0.1:9/" + n));
      crowd = crowd(300);
      starts = once(n -> server.record("begins"));
      stops = once(n -> server.stop("ends"));
      holds = client(n -> server.hold("held", n % 2 == 1));
      startsOnline = client(n -> server.startOnline("u" + n));
      stopsOnline = once(n -> server.stopOnline(task));
      replays = client(n -> server.replay(n, "g"));
      reads.add(reader(n -> server.findRoom("before")));
      reads.add(reader(n -> server.messages("g", 1)));
      reads.add(reader(n -> server.classState("times")));
      reads.add(reader(n -> server.findCallback()));
      assertThat(Await.until(Duration.ofSeconds(7), () -> status().equals("degraded"))).isTrue();
      Pause.of(LOCKED);
    } finally {
      locked.set(false);
    }
    checkRefusals(rooms.join(), body -> body.path("code").asInt() == 503);
    checkRefusals(
        messages.join(),
        body ->
            body.path("ActionStatus").asString("").equals("FAIL")
                && body.path("ErrorCode").asInt() == 10002);
    checkRefusals(times.join(), body -> body.path("ErrorCode").asInt() == 10002);
    for (var answers : List.of(callbacks, startsOnline, stopsOnline, replays)) {
      checkRefusals(
          answers.join(),
          body ->
              body.at("/Response/Error/Code").asString("").equals("InternalError")
                  && !body.at("/Response/RequestId").asString("").isEmpty());
    }
    for (var answers : List.of(crowd, starts, stops, holds)) {
      checkRefusals(answers.join(), body -> body.path("code").asInt() == 503);
    }
    for (CompletableFuture<List<Answer>> reader : reads) {
      assertThat(reader.join()).hasSizeGreaterThan(10);
      for (Answer answer : reader.join()) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.after()).as("%s", answer).isLessThan(READ_WITHIN);
      }
    }
    checkRooms("r", rooms.join());
    checkRooms("c", crowd.join());
    checkMessages(done(messages.join()));
    assertThat(server.messages("times", 1_000_000).body().at("/RspMsgList/0/MsgSeq").asInt())
        .isEqualTo(done(times.join()).size());
    assertThat(server.findCallback().body().at("/Response/Callback").asString(""))
        .isEqualTo("http://127.0.0.1:9/" + done(callbacks.join()).getLast());
    assertThat(status()).isEqualTo("ok");

    AllFaces.await(() -> server.recordOf("begins").path("ready").asBoolean());
    AllFaces.await(() -> server.recordOf("ends").path("state").asInt(9) == 0);
    boolean isHeld = done(holds.join()).getLast() % 2 == 1;
    AllFaces.await(() -> server.recordOf("held").path("onhold").asBoolean(!isHeld) == isHeld);
    AllFaces.await(() -> status(task).equals("FINISHED"));
    for (Answer answer : startsOnline.join().values()) {
      if (answer.isDone()) {
        String started = answer.body().at("/Response/TaskId").asString("");
        AllFaces.await(() -> status(started).equals("RECORDING"));
      }
    }
  }

  private String status(String online) throws Exception {
    return server.findOnline(online).body().at("/Response/Status").asString("");
  }

  /** Gives one command after the other while the store is locked, and until one is done again. */
  private CompletableFuture<Map<Integer, Answer>> client(Command command) {
    return client(command, false);
  }

  /** Gives a command that can be done only once, until it is done. */
  private CompletableFuture<Map<Integer, Answer>> once(Command command) {
    return client(command, true);
  }

  private CompletableFuture<Map<Integer, Answer>> client(Command command, boolean once) {
    return async(() -> {
      Map<Integer, Answer> answers = new LinkedHashMap<>();
      long end = System.nanoTime() + LOCKED.plusSeconds(60).toNanos();
      boolean isOver = false;
      for (int n = 1; !isOver && System.nanoTime() < end; n++) {
        boolean wasLocked = locked.get();
        Answer answer = command.give(n);
        answers.put(n, answer);
        isOver = (once || !wasLocked) && answer.isDone();
      }
      assertThat(isOver).as("done again after the lock; first: %s", answers.get(1)).isTrue();
      return answers;
    });
  }

  /** So many clients at once, each with one command. */
  private CompletableFuture<Map<Integer, Answer>> crowd(int many) {
    return async(() -> {
      Map<Integer, CompletableFuture<Answer>> all = new LinkedHashMap<>();
      for (int n = 1; n <= many; n++) {
        String name = "c" + n;
        all.put(n, async(() -> server.room(name)));
      }
      Map<Integer, Answer> answers = new LinkedHashMap<>();
      all.forEach((n, answer) -> answers.put(n, answer.join()));
      return answers;
    });
  }

  private CompletableFuture<List<Answer>> reader(Command command) {
    return async(() -> {
      List<Answer> answers = new ArrayList<>();
      for (int n = 1; locked.get(); n++) {
        answers.add(command.give(n));
        Pause.of(Duration.ofMillis(100));
      }
      return answers;
    });
  }

  private <T> CompletableFuture<T> async(Callable<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        clients);
  }

  private static void checkRefusals(Map<Integer, Answer> answers, Predicate<JsonNode> shape) {
    assertThat(answers.values()).anyMatch(answer -> answer.status() == 503);
    for (Answer answer : answers.values()) {
      assertThat(answer.after()).as("%s", answer).isLessThan(ANSWERED_WITHIN);
      assertThat(answer.status()).as("%s", answer).isIn(200, 503);
      if (!answer.isDone()) {
        assertThat(answer.retryAfter()).as("%s", answer).matches("[1-9]\\d*");
        assertThat(shape.test(answer.body())).as("%s", answer).isTrue();
      }
    }
  }

  private static List<Integer> done(Map<Integer, Answer> answers) {
    return answers.entrySet().stream()
        .filter(entry -> entry.getValue().isDone())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void checkRooms(String prefix, Map<Integer, Answer> answers) throws Exception {
    for (Map.Entry<Integer, Answer> entry : answers.entrySet()) {
      assertThat(server.findRoom(prefix + entry.getKey()).status())
          .as("%s", entry)
          .isEqualTo(entry.getValue().isDone() ? 200 : 404);
    }
  }

  /** Those that were sent are there, in order, numbered without gaps, and no others. */
  private void checkMessages(List<Integer> sent) throws Exception {
    List<String> texts = new ArrayList<>();
    int seq = 1_000_000;
    while (seq > 0) {
      JsonNode page = server.messages("g", seq).body().path("RspMsgList");
      if (page.isEmpty()) {
        break;
      }
      for (JsonNode message : page) {
        texts.addFirst(message.at("/MsgBody/0/MsgContent/Text").asString("hole"));
        seq = message.path("MsgSeq").asInt() - 1;
      }
    }
    List<String> expected = new ArrayList<>(List.of("0"));
    sent.forEach(n -> expected.add(String.valueOf(n)));
    assertThat(texts).isEqualTo(expected);
  }

  private String status() {
    try {
      return server.health().body().path("status").asString("");
    } catch (Exception e) {
      return e.toString();
    }
  }
}
