package org.pagereel.recorder.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pagereel.recorder.replay.WrittenClass.ZERO;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.folder.ClassEvent.Kind;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.JsonNode;

/** What is read out of a class's events: when everything was, by whose clock. */
class InventoryTest {
  private static final int MESSAGES = Integer.getInteger("pagereel.messages", 200_000);

  @TempDir Path folder;
  private final List<String> missing = new ArrayList<>();
  private final List<JsonNode> script = new ArrayList<>();
  private Inventory inventory;

  @Test
  void strokesAreWhenTheirDrawersClockSays() throws Exception {
    read(
        new WrittenClass(folder)
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
        new WrittenClass(folder)
            .clock(0, "teacher", 5_000)
            .draw(1_000, "teacher", 6_000, 1)
            .clock(60_000, "teacher", 100)
            .draw(61_000, "teacher", 1_100, 1));
    assertThat(script)
        .extracting(line -> line.path("at").asLong())
        .containsExactly(1_000L, 61_000L);
  }

  @Test
  void whatCannotBeReadIsCounted() throws Exception {
    read(
        new WrittenClass(folder)
            .line("not json")
            .line("[]")
            .line("null")
            .line("{\"event\":\"clock\",\"user\":\"anna\",\"clockMillis\":1}")
            .line(
                "{\"event\":\"clock\",\"user\":\"anna\",\"clockMillis\":1,\"unixMillis\":\"soon\"}")
            .line("{\"event\":\"board\",\"user\":\"anna\",\"actions\":7}")
            .line("{\"event\":\"board\",\"actions\":[]}")
            .line("{\"event\":\"video\",\"user\":\"anna\"}")
            .line("{\"event\":\"dance\"}")
            .line("")
            .add(new ClassEvent.Unread(Kind.CLOCK, 7L, null, 0))
            .add(new ClassEvent.Unread(Kind.DATA, 8L, null, 0))
            .draw(10, "teacher", ZERO + 10, 1));
    assertThat(inventory.unread().counts()).isEqualTo(Map.of("clock", 1L, "data", 1L, "line", 9L));
    assertThat(inventory.unread().words())
        .containsExactly(
            "Not read: 9 lines of class-events.jsonl are no events; the first is line 1",
            "Not read: 1 messages cannot be read; the first is in message 8",
            "Not read: 1 comparisons of clocks do not count; the first is in message 7");
    assertThat(script).hasSize(1);
  }

  /** Who translated a file knows its words. */
  @Test
  void aTranslatedFileNamesWhatCannotBeRead() throws Exception {
    read(
        new WrittenClass(folder)
            .add(new ClassEvent.Source("log.txt", Map.of(Kind.LINE, "lines of the log are torn")))
            .add(new ClassEvent.Unread(Kind.LINE, null, 70L, 0))
            .draw(10, "teacher", ZERO + 10, 1));
    assertThat(inventory.unread().words())
        .containsExactly("Not read: 1 lines of the log are torn; the first is line 70");
  }

  @Test
  void moreFilesThanAClassHas() throws Exception {
    WrittenClass written = new WrittenClass(folder);
    for (int i = 1; i <= 2_002; i++) {
      written.camera("anna", i + ".mp4", ZERO).camera("anna", i + ".mp4", ZERO);
    }
    read(written);
    assertThat(inventory.videos()).hasSize(2_000);
    assertThat(inventory.unread().words())
        .containsExactly(
            "Not read: 4 files are more than a class may have; the first is in message 4001");
  }

  /** As people write them: without what they do not know. */
  @Test
  void membersMayBeAbsent() throws Exception {
    read(
        new WrittenClass(folder)
            .line(
                "{\"event\":\"board\",\"user\":\"anna\",\"clockMillis\":%d,\"actions\":[{\"action\":3}]}"
                    .formatted(ZERO + 700))
            .line(
                "{\"event\":\"video\",\"user\":\"anna\",\"url\":\"a\",\"startMillis\":%d}"
                    .formatted(ZERO)));
    assertThat(script)
        .containsExactly(
            Json.LINES.readTree(
                "{\"at\":700,\"from\":\"anna\",\"seq\":1,\"board\":\"#DEFAULT\",\"actions\":[{\"action\":3}]}"));
    assertThat(inventory.videos().getFirst().wall(inventory.clocks())).isEqualTo(ZERO);
    assertThat(inventory.videos().getFirst().kind()).isEqualTo(StreamFiles.Kind.CAMERA);
  }

  @Test
  void withoutAComparisonTheTimestampCountsIfItCanBe() throws Exception {
    read(
        new WrittenClass(folder)
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
        new WrittenClass(folder)
            .draw(0, "teacher", ZERO, 1)
            .hole(3)
            .draw(10, "teacher", ZERO + 10, 4711)
            .draw(20, "teacher", ZERO + 20, 4711)
            .line("not json")
            .hole(1)
            .draw(30, "teacher", ZERO + 30, 3));
    assertThat(inventory.holes()).isEqualTo(4);
    assertThat(inventory.actions().unknown()).isEqualTo(Map.of("4711", 2L));
    assertThat(script).hasSize(4);
  }

  @Test
  void filesSayInTwoWaysWhenTheyBegin() throws Exception {
    read(
        new WrittenClass(folder)
            .clock(0, "teacher", 5_000)
            .camera("teacher", "a", ZERO + 10_000)
            .video("teacher", "b", false, ZERO + 10_000, 15_600L, 0)
            .video("teacher", "c", false, ZERO + 10_000, 900_000L, 0) // not near
            .video("teacher", "d", false, 0, 15_600L, 0)
            .video("anna", "e", true, ZERO + 10_000, 15_600L, 0)); // a clock that nobody knows
    assertThat(inventory.videos())
        .extracting(video -> video.wall(inventory.clocks()) - ZERO)
        .containsExactly(10_000L, 10_600L, 10_000L, 10_600L, 10_000L);
    assertThat(inventory.videos())
        .extracting(ClassVideo::kind)
        .containsExactly(
            StreamFiles.Kind.CAMERA,
            StreamFiles.Kind.CAMERA,
            StreamFiles.Kind.CAMERA,
            StreamFiles.Kind.CAMERA,
            StreamFiles.Kind.SCREEN);
  }

  @Test
  void messagesThatWereTooLongLieInFiles() throws Exception {
    String held =
        "{\"timestamp\":%d,\"value\":{\"operator\":\"anna\",\"actions\":[{\"action\":1}]}}"
            .formatted(ZERO + 5);
    Files.writeString(folder.resolve("long.json"), "[" + held + "," + held + "]");
    read(
        new WrittenClass(folder)
            .drawnInFile(10, "anna", "long.json")
            .drawnInFile(20, "anna", "../secret")
            .drawnInFile(30, "anna", "file:///etc/passwd"));
    assertThat(script)
        .extracting(line -> line.path("from").asString())
        .containsExactly("anna", "anna");
    assertThat(missing).hasSize(2);
    assertThat(missing.get(0)).contains("message 2", "not in the class's folder");
    assertThat(missing.get(1)).contains("message 3", "allowed are http, https");
  }

  @Test
  void manyMessagesAreSorted() throws Exception {
    Path file = folder.resolve(History.FILE);
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 1; i <= MESSAGES; i++) {
        long wall = ZERO + (i ^ 1) * 2L; // neighbours come in the wrong order
        out.write(
            "{\"event\":\"board\",\"user\":\"t\",\"clockMillis\":%d,\"receivedMillis\":%d,\"actions\":[{\"action\":2}]}\n"
                .formatted(wall, wall + 5));
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
  void withoutEventsItIsNoClass() {
    assertThatThrownBy(() -> inventory(new ScriptWriter(folder)))
        .isInstanceOf(RecordingFailure.class)
        .hasMessageContaining("it has no class-events.jsonl");
  }

  private void read(WrittenClass written) throws Exception {
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
    MediaFetch fetch = new MediaFetch(folder, null, () -> {});
    return Inventory.of(new History(folder), new BoardFiles(folder, fetch, missing), board);
  }
}
