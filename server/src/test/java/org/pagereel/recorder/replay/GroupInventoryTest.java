package org.pagereel.recorder.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pagereel.recorder.replay.WrittenGroup.ZERO;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.classes.ClassFolder;
import tools.jackson.databind.JsonNode;

/**
 * What is read out of the messages of a class's group, translated: when everything was, by whose
 * clock.
 */
class GroupInventoryTest {
  private static final int MESSAGES = Integer.getInteger("pagereel.messages", 100_000);

  @TempDir Path folder;
  private final List<String> missing = new ArrayList<>();
  private final List<JsonNode> script = new ArrayList<>();
  private Inventory inventory;

  @Test
  void strokesAreWhenTheirDrawersClockSays() throws Exception {
    read(
        new WrittenGroup(folder)
            .clock(0, "teacher", 5_000)
            .clock(100, "anna", 900_000)
            .draw(3_400, "teacher", 8_000, 1) // at 3.0 s, sent late
            .draw(3_500, "anna", 902_700, 2)); // at 2.8 s
    assertThat(script).extracting(line -> line.path("at").asLong()).containsExactly(2_800L, 3_000L);
    assertThat(script)
        .extracting(line -> line.path("from").asString())
        .containsExactly("anna", "teacher");
  }

  @Test
  void aClientThatCameBackCountsAnew() throws Exception {
    read(
        new WrittenGroup(folder)
            .clock(0, "teacher", 5_000)
            .draw(1_000, "teacher", 6_000, 1)
            .clock(60_000, "teacher", 100)
            .draw(61_000, "teacher", 1_100, 1));
    assertThat(script)
        .extracting(line -> line.path("at").asLong())
        .containsExactly(1_000L, 61_000L);
  }

  @Test
  void laterClientsCompareClocksInAnotherMessage() throws Exception {
    read(
        new WrittenGroup(folder)
            .send(
                0,
                "teacher",
                "{\"type\":1008,\"time_line\":%d,\"avsdk_time\":7,\"board_time\":50}"
                    .formatted(ZERO))
            .draw(2_100, "teacher", 2_050, 1));
    assertThat(script).extracting(line -> line.path("at").asLong()).containsExactly(2_000L);
  }

  /** What a form gave a business server is a text. */
  @Test
  void clocksMayBeTexts() throws Exception {
    read(
        new WrittenGroup(folder)
            .send(
                0,
                "server",
                "{\"type\":1003,\"timestamp\":\"5000\",\"time_line\":\"%d\",\"value\":{\"uid\":\"teacher\"}}"
                    .formatted(ZERO))
            .send(
                0,
                "server",
                "{\"type\":\"1003\",\"timestamp\":900000.4,\"time_line\":%d.0,\"value\":{\"uid\":\"anna\"}}"
                    .formatted(ZERO))
            .draw(3_400, "teacher", 8_000, 1)
            .draw(3_500, "anna", 902_700, 2));
    assertThat(script).extracting(line -> line.path("at").asLong()).containsExactly(2_700L, 3_000L);
    assertThat(inventory.unread().counts()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsCounted() throws Exception {
    read(
        new WrittenGroup(folder)
            .send(0, "server", "{\"type\":1003,\"timestamp\":\"soon\",\"time_line\":1}")
            .send(1, "server", "{\"type\":1003,\"time_line\":1558613140000}")
            .send(2, "server", "{\"type\":1008,\"board_time\":1e300,\"time_line\":1}")
            .send(3, "server", "{\"type\":1003,\"timestamp\":5,")
            .line("not json")
            .line("[]")
            .draw(10, "teacher", ZERO + 10, 1));
    assertThat(inventory.unread().counts()).isEqualTo(Map.of("clock", 3L, "data", 1L, "line", 2L));
    assertThat(inventory.unread().words())
        .containsExactly(
            "Not read: 2 lines of the history are no messages; the first is line 5",
            "Not read: 1 custom elements are no JSON objects; the first is in message 4",
            "Not read: 3 comparisons of clocks (1003, 1008) have no two times, and do not count;"
                + " the first is in message 1");
    assertThat(script).hasSize(1);
  }

  @Test
  void withoutAComparisonTheTimestampCountsIfItCanBe() throws Exception {
    read(
        new WrittenGroup(folder)
            .draw(1_000, "teacher", ZERO + 700, 1)
            .draw(2_000, "teacher", 12, 1) // a clock that nobody knows
            .draw(3_000, "teacher", ZERO + 86_400_000, 1)); // tomorrow
    assertThat(script)
        .extracting(line -> line.path("at").asLong())
        .containsExactly(700L, 2_000L, 3_000L);
  }

  @Test
  void holesAndUnknownActionsAreCounted() throws Exception {
    read(
        new WrittenGroup(folder)
            .draw(0, "teacher", ZERO, 1)
            .hole(3)
            .draw(10, "teacher", ZERO + 10, 4711)
            .draw(20, "teacher", ZERO + 20, 4711)
            .line("{\"MsgSeq\":8,\"IsPlaceMsg\":1,\"MsgBody\":[]}")
            .line("not json")
            .hole(1)
            .draw(30, "teacher", ZERO + 30, 3));
    assertThat(inventory.holes()).isEqualTo(4);
    assertThat(inventory.actions().unknown()).isEqualTo(Map.of("4711", 2L));
    assertThat(script).hasSize(4);
  }

  @Test
  void aRepeatedMessageIsTakenOnce() throws Exception {
    WrittenGroup written = new WrittenGroup(folder).draw(0, "teacher", ZERO, 1);
    Path file = written.write().resolve(WrittenGroup.FILE);
    Files.writeString(file, Files.readString(file).repeat(2));
    readAgain();
    assertThat(script).hasSize(1);
    assertThat(inventory.holes()).isZero();
  }

  @Test
  void filesSayInManyWaysWhenTheyBegin() throws Exception {
    read(
        new WrittenGroup(folder)
            .clock(0, "teacher", 5_000)
            .video(1, "teacher", "a", ",\"start_time\":1558613150")
            .video(2, "teacher", "b", ",\"start_time\":1558613150.25,\"media_start_time\":0")
            .video(
                3, "teacher", "c", ",\"start_time\":1558613150,\"media_start_time\":1558613150480")
            .video(4, "teacher", "d", ",\"start_time\":1558613150,\"media_start_time\":15600")
            .video(5, "tic_substream_teacher", "e", ",\"start_time\":1558613150123")
            .video(6, "anna", "f", ",\"start_time\":1558613150,\"kind\":\"film\""));
    assertThat(inventory.videos())
        .extracting(video -> video.wall(inventory.clocks()) - ZERO)
        .containsExactly(10_000L, 10_250L, 10_480L, 10_600L, 10_123L, 10_000L);
    assertThat(inventory.videos())
        .extracting(ClassVideo::kind)
        .containsExactly(
            Kind.CAMERA, Kind.CAMERA, Kind.CAMERA, Kind.CAMERA, Kind.SCREEN, Kind.SCREEN);
    assertThat(inventory.videos().get(4).userId()).isEqualTo("teacher");
  }

  @Test
  void messagesThatWereTooLongLieInFiles() throws Exception {
    String held =
        "{\"timestamp\":%d,\"value\":{\"operator\":\"anna\",\"actions\":[{\"action\":1}]}}"
            .formatted(ZERO + 5);
    Files.writeString(folder.resolve("long.json"), "[" + held + "," + held + "]");
    read(
        new WrittenGroup(folder)
            .send(10, "anna", "{\"action\":40,\"url\":\"long.json\"}")
            .send(20, "anna", "{\"action\":40,\"url\":\"../secret\"}")
            .send(30, "anna", "{\"action\":40,\"url\":\"file:///etc/passwd\"}"));
    assertThat(script)
        .extracting(line -> line.path("from").asString())
        .containsExactly("anna", "anna");
    assertThat(missing).hasSize(2);
    assertThat(missing.get(0)).contains("message 2", "not in the class's folder");
    assertThat(missing.get(1)).contains("message 3", "allowed are http, https");
  }

  @Test
  void manyMessagesAreSorted() throws Exception {
    Path file = folder.resolve(WrittenGroup.FILE);
    String line =
        new WrittenGroup(folder).draw(0, "t", 0, 2).write().resolve(WrittenGroup.FILE).toString();
    String model = Files.readString(Path.of(line)).strip();
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 1; i <= MESSAGES; i++) {
        long wall = ZERO + (i ^ 1) * 2L; // neighbours come in the wrong order
        out.write(
            model
                .replace("\"MsgSeq\":1", "\"MsgSeq\":" + i)
                .replace("\\\"timestamp\\\":0", "\\\"timestamp\\\":" + wall)
                .replace("\"MsgTimeMillis\":" + ZERO, "\"MsgTimeMillis\":" + (wall + 5)));
        out.write('\n');
      }
    }
    try (ScriptWriter board = new ScriptWriter(folder)) {
      inventory = inventory(board);
      board.write(folder.resolve("sorted"), board.first());
    }
    long last = -1;
    long count = 0;
    try (var sorted = Files.lines(folder.resolve("sorted"))) {
      for (String each : (Iterable<String>) sorted::iterator) {
        long at = Long.parseLong(each.substring(6, each.indexOf(',')));
        assertThat(at).isGreaterThanOrEqualTo(last);
        last = at;
        count++;
      }
    }
    assertThat(count).isEqualTo(MESSAGES);
  }

  @Test
  void withoutMessagesItIsNoClass() {
    assertThatThrownBy(() -> inventory(new ScriptWriter(folder)))
        .isInstanceOf(RecordingFailure.class)
        .hasMessageContaining("it has no messages.jsonl");
  }

  private void read(WrittenGroup written) throws Exception {
    written.write();
    readAgain();
  }

  private void readAgain() throws Exception {
    try (ScriptWriter board = new ScriptWriter(folder)) {
      inventory = inventory(board);
      board.write(folder.resolve("sorted"), ZERO);
    }
    for (String line : Files.readAllLines(folder.resolve("sorted"))) {
      script.add(Json.LINES.readTree(line));
    }
  }

  private Inventory inventory(ScriptWriter board) {
    ClassFolder.translate(folder);
    MediaFetch fetch = new MediaFetch(folder, null, () -> {});
    return Inventory.of(new History(folder), new BoardFiles(folder, fetch, missing), board);
  }
}
