package org.pagereel.server.faces.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.server.faces.im.GroupPost;

/** A group's class in the folder of a task. */
class GroupClassTest {
  @TempDir Path data;
  @TempDir Path folder;
  private ClassTestServer desk;
  private GroupClass source;

  @BeforeEach
  void open() throws Exception {
    desk = new ClassTestServer(data);
    desk.create("g");
    source =
        new GroupClass(new ClassMessages(desk.settings, desk.jdbi(), desk.uploads), desk.jdbi());
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void messagesAndTheirEvents() throws Exception {
    desk.jdbi()
        .useTransaction(handle -> {
          var group = GroupPost.find(handle, ClassTestServer.APP, "g").orElseThrow();
          new GroupPost().custom(handle, group, "t", "{\"action\":40,\"url\":\"f\"}", "", now());
        });
    assertThat(write("g")).isEqualTo(1);
    assertThat(Files.readAllLines(folder.resolve("messages.jsonl"))).hasSize(1);
    assertThat(Files.readAllLines(folder.resolve(ClassEvent.FILE)))
        .hasSize(2)
        .last()
        .satisfies(line -> assertThat(line).startsWith("{\"event\":\"boardFile\",\"message\":1,"));
  }

  /** An earlier version has left them, or the server died before it had translated them. */
  @Test
  void messagesThatAreThereAreNotAskedForAgain() throws Exception {
    Files.writeString(folder.resolve("messages.jsonl"), "{\"MsgSeq\":7,\"MsgBody\":[]}\n");
    assertThat(write("g")).isEqualTo(1);
    assertThat(Files.readAllLines(folder.resolve(ClassEvent.FILE)))
        .last()
        .isEqualTo(new ClassEvent.Hole(6).written());
  }

  @Test
  void noMessagesAreNoClass() throws Exception {
    assertThat(write("g")).isZero();
    assertThat(write("nowhere")).isZero();
    assertThat(folder.resolve(ClassEvent.FILE)).doesNotExist();
  }

  private long write(String group) throws Exception {
    return source.write(String.valueOf(ClassTestServer.APP), group, folder);
  }

  private static Instant now() {
    return Instant.now();
  }
}
