package org.pagereel.server.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.replay.ClassUnavailable;
import org.pagereel.server.replay.ReplayFailure.Cause;
import tools.jackson.databind.JsonNode;

/** A group's messages as a class's folder has them. */
class GroupClassTest {
  private static final String APP = String.valueOf(ImDesk.APP);

  @TempDir Path folder;
  @TempDir Path to;
  private ImDesk desk;

  @BeforeEach
  void open() throws Exception {
    desk = new ImDesk(folder);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void allMessagesOldestFirstWithHoles() throws Exception {
    desk.create("g");
    desk.fill("g", 2000, 7);
    assertThat(new GroupClass(desk.jdbi()).write(APP, "g", to)).isEqualTo(2000 - 2000 / 7);
    List<String> lines = Files.readAllLines(to.resolve("messages.jsonl"));
    long before = 0;
    for (String line : lines) {
      JsonNode message = Json.LINES.readTree(line);
      long seq = message.path("MsgSeq").asLong();
      assertThat(seq).isEqualTo(before + ((before + 1) % 7 == 0 ? 2 : 1));
      assertThat(message.path("MsgRandom").asLong()).isEqualTo(seq);
      assertThat(message.path("From_Account").asString()).isEqualTo("teacher");
      assertThat(message.path("IsPlaceMsg").asInt(7)).isZero();
      assertThat(message.path("MsgBody").path(0).path("MsgContent").path("Text").asString())
          .isEqualTo("text " + seq);
      assertThat(message.path("MsgTimeMillis").asLong() / 1000)
          .isEqualTo(message.path("MsgTimeStamp").asLong());
      before = seq;
    }
    assertThat(before).isEqualTo(2000);
  }

  @Test
  void aGroupThatWasDestroyed() throws Exception {
    desk.create("g");
    desk.fill("g", 3, 0);
    desk.call("destroy_group", "{\"GroupId\":\"g\"}");
    assertThat(new GroupClass(desk.jdbi()).write(APP, "g", to)).isEqualTo(3);
  }

  @Test
  void aDayIsTheMost() throws Exception {
    Instant first = Instant.parse("2026-01-01T08:00:00Z");
    desk.create("g");
    send(first, "TIMCustomElem");
    send(first.plus(Duration.ofHours(24)), "TIMCustomElem");
    send(first.plus(Duration.ofDays(3)), "TIMTextElem"); // chat goes on
    assertThat(new GroupClass(desk.jdbi()).write(APP, "g", to)).isEqualTo(3);
    Files.delete(to.resolve("messages.jsonl"));
    send(first.plus(Duration.ofDays(4)), "TIMCustomElem");
    assertFails(Cause.TOO_LONG);
  }

  @Test
  void nothingToReplay() throws Exception {
    assertFails(Cause.NO_MESSAGES);
    desk.create("g");
    assertFails(Cause.NO_MESSAGES);
  }

  private void send(Instant at, String type) {
    String body = "[{\"MsgType\":\"%s\",\"MsgContent\":{}}]".formatted(type);
    desk.jdbi()
        .useTransaction(handle ->
            GroupMessages.send(
                handle,
                Groups.living(handle, ImDesk.APP, "g").orElseThrow(),
                new NewMessage("t", at.getEpochSecond() % 1_000_000, "Normal", body, null, true),
                at));
  }

  private void assertFails(Cause cause) throws Exception {
    ClassUnavailable failure =
        catchThrowableOfType(
            ClassUnavailable.class, () -> new GroupClass(desk.jdbi()).write(APP, "g", to));
    assertThat(failure).isNotNull();
    assertThat(failure.failure().cause()).isEqualTo(cause);
    try (var files = Files.list(to)) {
      assertThat(files).isEmpty();
    }
  }
}
