package org.pagereel.server.im;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.wire.Json;
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
  void noGroupAndNoMessages() throws Exception {
    assertThat(new GroupClass(desk.jdbi()).write(APP, "g", to)).isZero();
    assertThat(to.resolve("messages.jsonl")).isEmptyFile();
  }
}
