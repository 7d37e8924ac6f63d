package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.service.AllFaces.Answer;

/**
 * The store on a disk that is full. Skipped where this account may not mount one of its own; what
 * SQLite says then is also seen in {@code GroupCommitTest}.
 */
class FullStoreTest {
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);
  private static final String LONG_TEXT = "x".repeat(6000);

  @TempDir Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("data"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk.toString()),
        "no disk can be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  @Test
  void commandsAreRefusedUntilThereIsRoom() throws Exception {
    try (AllFaces server = new AllFaces(folder, disk)) {
      assertThat(server.room("before").status()).isEqualTo(200);
      assertThat(server.group("g").status()).isEqualTo(200);
      assertThat(server.message("g", 0, "first").status()).isEqualTo(200);
      Path junk = disk.resolve("junk");
      fill(junk);
      List<Answer> answers = new ArrayList<>();
      int n = 0;
      // The store has some room left in files that are there.
      while (answers.isEmpty() || answers.getLast().isDone()) {
        answers.add(server.message("g", ++n, LONG_TEXT));
        assertThat(n).isLessThan(3000);
      }
      int stored = n; // one of them was the group's first
      check(answers.getLast());
      check(server.message("g", ++n, LONG_TEXT));
      assertThat(server.health().body().path("status").asString("")).isEqualTo("degraded");
      assertThat(server.findRoom("before").status()).isEqualTo(200);
      assertThat(server.messages("g", 1).body().at("/RspMsgList/0/MsgSeq").asInt()).isEqualTo(1);
      Files.delete(junk);
      assertThat(server.message("g", ++n, "last").body().path("MsgSeq").asInt())
          .isEqualTo(stored + 1);
      assertThat(server.room("after").status()).isEqualTo(200);
      assertThat(server.health().body().path("status").asString("")).isEqualTo("ok");
    }
  }

  private static void check(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(503);
    assertThat(answer.after()).as("%s", answer).isLessThan(ANSWERED_WITHIN);
    assertThat(answer.retryAfter()).as("%s", answer).isNotEmpty();
    assertThat(answer.body().path("ErrorCode").asInt()).isEqualTo(10002);
  }

  /** To the last byte. */
  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      int size = 1 << 20;
      while (size > 0) {
        try {
          out.write(new byte[size]);
        } catch (IOException e) {
          size /= 2; // "No space left on device"
        }
      }
    }
  }
}
