package org.pagereel.server.faces.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.im.Backoff;
import org.pagereel.server.faces.im.FrontServer;
import org.pagereel.server.faces.im.GroupPost;
import org.pagereel.server.faces.im.HistoryFailure;
import org.pagereel.server.platform.config.SettingsFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A class's messages as a file, from our store and from a vendor that fails. */
@Timeout(120)
class ClassMessagesTest {
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(2), 5);

  @TempDir Path data;
  @TempDir Path folder;
  private ClassTestServer desk;

  @BeforeEach
  void open() throws Exception {
    desk = new ClassTestServer(data);
    desk.create("g");
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void fromOurStore() throws Exception {
    fill(2000, 9);
    assertThat(ours()).isEqualTo(new WrittenMessages(1778, 222));
    assertWhole(true);
    assertThat(files()).containsExactly("messages.jsonl");
    desk.im(
        "destroy_group", ClassTestServer.query(ClassTestServer.APP, "boss"), "{\"GroupId\":\"g\"}");
    assertThat(ours())
        .as("of a group that was destroyed")
        .isEqualTo(new WrittenMessages(1778, 222));
    assertThat(new ClassMessages(desk.settings, desk.jdbi(), desk.uploads).write(1, "g", folder))
        .isEqualTo(new WrittenMessages(0, 0));
    assertThat(lines()).isEmpty();
  }

  @Test
  void uploadsComeAlong() throws Exception {
    String query = "&groupid=g&userid=u&start_time=1545047010123";
    String id =
        desk.upload(query, "film".getBytes(StandardCharsets.UTF_8)).path("VideoId").stringValue();
    desk.create("other");
    String foreign =
        desk.upload(query.replace("=g", "=other"), new byte[3]).path("VideoId").stringValue();
    List<String> hostile =
        List.of(
            "upload:" + foreign,
            "../../../etc/passwd",
            "/etc/passwd",
            "file:///etc/passwd",
            "messages.jsonl");
    for (String url : hostile) {
      send(
          "{\"type\":1004.0,\"value\":{\"uid\":\"u\",\"video\\u005furl\":\""
              + url
              + "\",\"n\":1.50}}");
    }
    send("{\"type\":1004,\"value\":{\"video_url\":\"http://a/b\",\"n\":1.50}} ");
    send("{\"type\":7,\"value\":{\"video_url\":\"x\"}}");
    send("{ no JSON");
    assertThat(ours()).isEqualTo(new WrittenMessages(9, 0));
    ours();
    List<String> data =
        lines().stream()
            .map(one -> one.path("MsgBody").path(0).path("MsgContent").path("Data").stringValue())
            .toList();
    JsonNode value = Json.LINES.readTree(data.getFirst()).path("value");
    assertThat(value.path("video_url").stringValue()).isEqualTo("upload-" + id);
    assertThat(value.path("video_id").stringValue()).isEqualTo(id);
    assertThat(Files.readString(folder.resolve("upload-" + id))).isEqualTo("film");
    assertThat(urls(data.subList(1, 6)))
        .containsExactly(
            "upload:" + foreign,
            "refused:../../../etc/passwd",
            "refused:/etc/passwd",
            "refused:file:///etc/passwd",
            "refused:messages.jsonl");
    assertThat(data.get(1)).contains("\"n\":1.50");
    assertThat(data.subList(6, 9))
        .containsExactly(
            "{\"type\":1004,\"value\":{\"video_url\":\"http://a/b\",\"n\":1.50}} ",
            "{\"type\":7,\"value\":{\"video_url\":\"x\"}}",
            "{ no JSON");
    assertThat(files()).containsExactlyInAnyOrder("messages.jsonl", "upload-" + id);
    assertThat(Files.getAttribute(folder.resolve("upload-" + id), "unix:nlink"))
        .as("no second copy")
        .isEqualTo(2);
  }

  private static List<String> urls(List<String> data) {
    return data.stream()
        .map(one -> Json.LINES.readTree(one).path("value").path("video_url").stringValue())
        .toList();
  }

  @Test
  void fromAServerThatFailsEverySeventhCall() throws Exception {
    fill(2000, 9);
    try (FrontServer front =
        new FrontServer((call, exchange) -> {
          switch (call % 7 == 0 ? call / 7 % 3 : 3) {
            case 0 -> FrontServer.answer(exchange, 503, new byte[0]);
            case 1 -> exchange.close();
            case 2 ->
                FrontServer.answer(
                    exchange,
                    200,
                    "{\"ErrorCode\":60007,\"ErrorInfo\":\"no\"}".getBytes(StandardCharsets.UTF_8));
            default -> FrontServer.pass(exchange, desk.address());
          }
        })) {
      assertThat(vendor(front.address(), "")).isEqualTo(new WrittenMessages(1778, 222));
      assertWhole(false);
      assertThat(files()).containsExactly("messages.jsonl");
    }
  }

  /** Down for longer than anybody tries, and a page that was cut off when we were killed. */
  @Test
  void goesOnWhereItEnded() throws Exception {
    fill(2000, 9);
    try (FrontServer front =
        new FrontServer((call, exchange) -> {
          if (call % 30 > 20) {
            FrontServer.answer(exchange, 500, new byte[0]);
          } else {
            FrontServer.pass(exchange, desk.address());
          }
        })) {
      int runs = 0;
      WrittenMessages written = null;
      while (written == null) {
        runs++;
        try {
          written = vendor(front.address(), "");
        } catch (HistoryFailure e) {
          assertThat(e.isWorthRepeating()).isTrue();
          assertThat(files()).containsExactly("messages.pulled");
          Path pulled = folder.resolve("messages.pulled");
          byte[] all = Files.readAllBytes(pulled);
          if (runs % 2 == 0) {
            Files.write(pulled, Arrays.copyOf(all, all.length - 1 - runs * 7));
          }
        }
      }
      assertThat(runs).isGreaterThan(3);
      assertThat(written).isEqualTo(new WrittenMessages(1778, 222));
      assertWhole(false);
      assertThat(front.calls.get()).as("pages are not pulled again").isLessThan(220);
    }
  }

  @Test
  void aUserSigThatIsNotOurs() throws Exception {
    fill(5, 0);
    String sig =
        ClassTestServer.query(ClassTestServer.APP, "boss").replaceAll(".*usersig=([^&]*).*", "$1");
    assertThat(vendor(desk.address(), "usersig: '" + sig + "'"))
        .isEqualTo(new WrittenMessages(5, 0));
    assertThatThrownBy(() -> vendor(desk.address(), "usersig: forged"))
        .isInstanceOf(HistoryFailure.class)
        .hasMessageContaining("70003");
    assertThat(lines()).as("what was there").hasSize(5);
    assertThatThrownBy(() -> vendor(desk.address(), "usersig: a, key: bbbbbbbbb"))
        .hasMessageContaining("one of them");
  }

  private WrittenMessages ours() {
    return new ClassMessages(desk.settings, desk.jdbi(), desk.uploads)
        .write(ClassTestServer.APP, "g", folder);
  }

  private WrittenMessages vendor(URI address, String more) throws Exception {
    Path file = data.resolve("vendor.yaml");
    Files.writeString(
        file,
        ClassTestServer.SETTINGS.replace(
            "upload: 3MB",
            "history: {url: '%s', identifier: boss%s}"
                .formatted(address, more.isEmpty() ? "" : ", " + more)));
    return new ClassMessages(SettingsFile.read(file), desk.jdbi(), desk.uploads, QUICK)
        .write(ClassTestServer.APP, "g", folder);
  }

  /** Every so manieth number has no message any more. */
  private void fill(int messages, int everyHole) {
    GroupPost post = new GroupPost();
    desk.jdbi()
        .useTransaction(handle -> {
          var group = GroupPost.find(handle, ClassTestServer.APP, "g").orElseThrow();
          for (int seq = 1; seq <= messages; seq++) {
            post.custom(handle, group, "t", "text " + seq, "", Instant.now());
          }
          if (everyHole > 0) {
            handle
                .createUpdate("UPDATE im_messages SET body = NULL WHERE seq % :every = 0")
                .bind("every", everyHole)
                .execute();
          }
        });
  }

  private void send(String data) throws Exception {
    ObjectNode message = Json.LINES.createObjectNode().put("GroupId", "g");
    message.put("Random", data.hashCode() & 0xffff);
    message
        .putArray("MsgBody")
        .addObject()
        .put("MsgType", "TIMCustomElem")
        .putObject("MsgContent")
        .put("Data", data);
    JsonNode sent =
        desk.im(
            "send_group_msg",
            ClassTestServer.query(ClassTestServer.APP, "boss"),
            message.toString());
    ClassFaceTest.assertCode(0, sent);
  }

  private void assertWhole(boolean withMillis) throws Exception {
    List<JsonNode> lines = lines();
    assertThat(lines.stream().map(one -> one.path("MsgSeq").asLong()).toList())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 2000).filter(seq -> seq % 9 != 0).boxed().toList());
    long now = System.currentTimeMillis();
    for (JsonNode line : lines) {
      long millis = line.path("MsgTimeMillis").asLong(-1);
      long seconds = line.path("MsgTimeStamp").asLong();
      assertThat(seconds).isBetween(now / 1000 - 100, now / 1000);
      assertThat(line.has("MsgTimeMillis")).isEqualTo(withMillis);
      assertThat(millis / 1000).isEqualTo(withMillis ? seconds : 0);
      long seq = line.path("MsgSeq").asLong();
      assertThat(line.toString())
          .startsWith(
              "{\"From_Account\":\"t\",\"IsPlaceMsg\":0,\"MsgBody\":[{\"MsgType\":\"TIMCustomElem\",\"MsgContent\":{\"Data\":\"text %d\",\"Desc\":\"\",\"Ext\":\"\"}}],\"MsgRandom\":"
                  .formatted(seq));
    }
  }

  private List<JsonNode> lines() throws Exception {
    return Files.readAllLines(folder.resolve("messages.jsonl")).stream()
        .map(Json.LINES::readTree)
        .toList();
  }

  private List<String> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
