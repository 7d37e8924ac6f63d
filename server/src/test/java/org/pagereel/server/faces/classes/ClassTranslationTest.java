package org.pagereel.server.faces.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.folder.ClassEvent;
import org.pagereel.recorder.folder.ClassEvent.Kind;
import org.pagereel.recorder.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A group's messages as events of a class, which know no vendor. */
class ClassTranslationTest {
  private static final long AT = 1_558_613_140_123L;

  @TempDir Path folder;

  @Test
  void whatHappenedInAClass() throws Exception {
    write(
        message(
            1,
            "{\"type\":1003,\"timestamp\":\"5000\",\"time_line\":%d,\"value\":{\"uid\":\"anna\"}}"
                .formatted(AT)),
        message(2, "{\"type\":1008,\"board_time\":7,\"avsdk_time\":1,\"time_line\":8}"),
        message(
            3,
            "{\"timestamp\":70,\"value\":{\"operator\":\"ben\",\"boardId\":\"b\",\"actions\":[{\"action\":1,\"x\":-0.0}]}}"),
        message(4, "{\"value\":{\"actions\":[]}}"),
        message(
            7,
            "{\"type\":\"1004\",\"value\":{\"uid\":\"anna\",\"start_time\":1558613150,\"file_size\":9,\"video_url\":\"http://a/b\"}}"),
        message(
            8,
            "{\"type\":1004,\"value\":{\"uid\":\"tic_substream_anna\",\"start_time\":1558613150,\"media_start_time\":15600,\"video_url\":\"c\"}}"),
        message(9, "{\"action\":40,\"url\":\"long.json\"}"),
        message(10, "hello"));
    assertThat(ClassTranslation.write(messages())).isEqualTo(8);
    assertThat(events())
        .containsExactly(
            new ClassEvent.Clock(1L, "anna", 5_000, AT, AT),
            new ClassEvent.Clock(2L, "t", 7, 8, AT),
            board(3, "ben", 70, "b", "[{\"action\":1,\"x\":-0.0}]"),
            board(4, "t", 0, "#DEFAULT", "[]"),
            new ClassEvent.Hole(2),
            new ClassEvent.Video(7L, "anna", false, 1_558_613_150_000L, null, 9, "http://a/b"),
            new ClassEvent.Video(8L, "anna", true, 1_558_613_150_000L, 15_600L, 0, "c"),
            new ClassEvent.BoardFile(9L, "t", AT, 1, "long.json"));
    assertThat(Files.readAllLines(folder.resolve(ClassEvent.FILE)).subList(1, 9))
        .noneMatch(line -> line.matches(".*(Msg|From_|TIM|100[348]|tic_|media_start).*"));
    assertThat(names()).containsExactlyInAnyOrder("messages.jsonl", ClassEvent.FILE);
  }

  /** When a file begins, in every way in which a message may say it. */
  @ParameterizedTest
  @CsvSource({
    "1558613150, 0, 1558613150000,",
    "1558613150.25, 0, 1558613150250,",
    "1558613150123, 0, 1558613150123,",
    "1558613150, 1558613150480, 1558613150480,",
    "1558613150, 1558613150.48, 1558613150480,",
    "1558613150, 1558613271, 1558613150000, 1558613271",
    "1558613150, 15600.6, 1558613150000, 15601",
    "1558613150, -1, 1558613150000,",
    "0, 1558613150480, 1558613150480,",
    "0, 15600, 0, 15600",
    "9e18, 0, 9000000000000000000,",
    "'\"1558613150\"', 0, 1558613150000,",
    "'\"soon\"', 0, 0,",
  })
  void filesBegin(String start, String mediaStart, long startMillis, Long clockMillis) {
    assertThat(
            VideoMessage.event(
                1,
                Json.LINES.readTree(
                    "{\"uid\":\"u\",\"start_time\":%s,\"media_start_time\":%s}"
                        .formatted(start, mediaStart))))
        .isEqualTo(new ClassEvent.Video(1L, "u", false, startMillis, clockMillis, 0, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "u, camera, u, false",
    "u, CAMERA, u, false",
    "u, screen, u, true",
    "u, film, u, true",
    "tic_substream_u, camera, u, false",
  })
  void filesShow(String uid, String kind, String user, boolean isScreen) {
    assertThat(
            VideoMessage.event(1, Json.LINES.createObjectNode().put("uid", uid).put("kind", kind)))
        .isEqualTo(new ClassEvent.Video(1L, user, isScreen, 0, null, 0, ""));
  }

  /** The number of a message counts, and not where it is; a comparison counts for its message. */
  @Test
  void eachMessageOnceAndItsClocksFirst() throws Exception {
    String drawn = "{\"timestamp\":70,\"value\":{\"actions\":[{\"action\":40,\"url\":\"f\"}]}}";
    write(
        message(
            2,
            drawn,
            "{\"type\":1008,\"board_time\":5,\"time_line\":6}",
            "{\"type\":1008,\"board_time\":7,\"time_line\":8}"),
        message(2, drawn),
        message(1, drawn),
        message(3, "").replace("\"IsPlaceMsg\":0", "\"IsPlaceMsg\":1"),
        message(4, "{\"action\":40,\"url\":\"g\",\"value\":{\"actions\":[{\"action\":40}]}}"));
    assertThat(ClassTranslation.write(messages())).isEqualTo(2);
    assertThat(events())
        .containsExactly(
            new ClassEvent.Hole(1),
            new ClassEvent.Clock(2L, "t", 7, 8, AT),
            board(2, "t", 70, "#DEFAULT", "[{\"action\":40,\"url\":\"f\"}]"),
            new ClassEvent.BoardFile(2L, "t", AT, 1, "f"),
            new ClassEvent.Hole(1),
            board(4, "t", 0, "#DEFAULT", "[{\"action\":40}]"),
            new ClassEvent.BoardFile(4L, "t", AT, 1, "g"));
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    write(
        "no JSON",
        "",
        "{\"MsgSeq\":0}",
        message(1, "{\"type\":1003,\"timestamp\":1}", "{ no JSON"),
        "\"" + "x".repeat(1 << 20) + "\"",
        message(2, "{\"type\":1008,\"board_time\":1e300,\"time_line\":1}"));
    ClassTranslation.write(messages());
    assertThat(events())
        .containsExactly(
            new ClassEvent.Unread(Kind.LINE, null, 1L, 0),
            new ClassEvent.Unread(Kind.LINE, null, 3L, 0),
            new ClassEvent.Unread(Kind.DATA, 1L, null, AT),
            new ClassEvent.Unread(Kind.CLOCK, 1L, null, AT),
            new ClassEvent.Unread(Kind.LINE, null, 5L, 0),
            new ClassEvent.Unread(Kind.CLOCK, 2L, null, AT));
  }

  /** The first line says where it is from, and how people call what it could not read. */
  @Test
  void theFileSaysThatItIsTranslated() throws Exception {
    write(message(1, "hello"));
    ClassTranslation.write(messages());
    assertThat(Files.readAllLines(folder.resolve(ClassEvent.FILE)))
        .extracting(ClassEvent::read)
        .extracting(event -> event.orElseThrow())
        .containsExactly(
            new ClassEvent.Source(
                "messages.jsonl",
                Map.of(
                    Kind.LINE, "lines of the history are no messages",
                    Kind.DATA, "custom elements are no JSON objects",
                    Kind.CLOCK,
                        "comparisons of clocks (1003, 1008) have no two times, and do not count",
                    Kind.FILE, "files (1004) are more than a class may have")));
  }

  /** Without the milliseconds only the second is known. */
  @Test
  void aVendorsHistoryKnowsSeconds() throws Exception {
    write(message(1, "{\"value\":{\"actions\":[]}}").replaceAll(",\"MsgTimeMillis\":\\d+", ""));
    ClassTranslation.write(messages());
    assertThat(events())
        .containsExactly(
            new ClassEvent.Board(
                1L, "t", 0, AT / 1000 * 1000, 1000, "#DEFAULT", Json.LINES.createArrayNode()));
  }

  /** Half a character that JSON wrote as an escape, and characters of all kinds. */
  @Test
  void textsStayAsTheyAre() throws Exception {
    String texts = "[{\"action\":13,\"text\":\"课堂 \\ud83d x² \\n \\u0000 😀\"}]";
    write(message(1, "{\"value\":{\"operator\":\"安娜\",\"actions\":%s}}".formatted(texts)));
    ClassTranslation.write(messages());
    assertThat(events()).containsExactly(board(1, "安娜", 0, "#DEFAULT", texts));
  }

  @Test
  void whatIsNoTextIsRefused() throws Exception {
    Files.write(messages(), new byte[] {'{', (byte) 0xff, '}', '\n'});
    assertThatThrownBy(() -> ClassTranslation.write(messages()))
        .isInstanceOf(RecordingFailure.class)
        .hasMessageContaining("Reading " + messages() + ": java.nio.charset.Malformed");
    assertThat(names()).containsExactly("messages.jsonl");
  }

  private static ClassEvent board(
      long message, String user, long clock, String board, String actions) {
    return new ClassEvent.Board(message, user, clock, AT, 1, board, Json.LINES.readTree(actions));
  }

  private static String message(long seq, String... data) {
    ObjectNode line = Json.LINES.createObjectNode().put("From_Account", "t").put("IsPlaceMsg", 0);
    ArrayNode body = line.putArray("MsgBody");
    for (String each : data) {
      body.addObject()
          .put("MsgType", "TIMCustomElem")
          .putObject("MsgContent")
          .put("Data", each)
          .put("Desc", "")
          .put("Ext", "");
    }
    line.put("MsgSeq", seq).put("MsgTimeStamp", AT / 1000).put("MsgTimeMillis", AT);
    return line.toString();
  }

  private void write(String... lines) throws IOException {
    Files.writeString(messages(), String.join("\n", lines) + "\n");
  }

  private Path messages() {
    return folder.resolve("messages.jsonl");
  }

  /** Without the first one. */
  private List<ClassEvent> events() throws IOException {
    return Files.readAllLines(folder.resolve(ClassEvent.FILE)).stream()
        .skip(1)
        .map(line -> ClassEvent.read(line).orElseThrow())
        .toList();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
