package org.pagereel.server.faces.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.platform.config.TencentApp;
import tools.jackson.databind.JsonNode;

/** Files of a class sent to us: whole, or nothing is left of them. */
@Timeout(60)
class UploadTest {
  private static final String QUERY = "&groupid=g&userid=u&kind=camera&start_time=1545047010123";

  @TempDir Path folder;
  private ClassTestServer desk;

  @BeforeEach
  void open() throws Exception {
    desk = new ClassTestServer(folder);
    desk.create("g");
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 256 * 1024, 256_001, 3_000_000})
  void sizes(int size) throws Exception {
    byte[] file = new byte[size];
    new Random(size).nextBytes(file);
    JsonNode answer = desk.upload(QUERY + "&duration=2500", file);
    ClassFaceTest.assertCode(0, answer);
    assertThat(answer.path("MsgSeq").asLong()).isEqualTo(1);
    assertThat(answer.path("FileSize").asLong()).isEqualTo(size);
    JsonNode value = desk.data("g").getFirst().path("value");
    String id = answer.path("VideoId").stringValue();
    assertThat(value.toString())
        .isEqualTo(
            "{\"uid\":\"u\",\"start_time\":1545047010123,\"end_time\":1545047012623,\"file_size\":%d,\"duration\":2.500,\"video_id\":\"%s\",\"video_url\":\"upload:%s\",\"kind\":\"camera\"}"
                .formatted(size, id, id));
    assertThat(Files.readAllBytes(desk.uploads.path(id).orElseThrow())).isEqualTo(file);
    assertThat(desk.uploaded()).hasSize(1);
    assertThat(desk.call("class_state", "{\"GroupId\":\"g\"}").path("Videos").size()).isEqualTo(1);
  }

  /** One that does not say how much comes. */
  @Test
  void inPieces() throws Exception {
    byte[] file = new byte[700_000];
    new Random(7).nextBytes(file);
    JsonNode answer = chunked(file);
    ClassFaceTest.assertCode(0, answer);
    String id = answer.path("VideoId").stringValue();
    assertThat(Files.readAllBytes(desk.uploads.path(id).orElseThrow())).isEqualTo(file);
  }

  private JsonNode chunked(byte[] file) throws Exception {
    URI uri = desk.uri("upload_video", ClassTestServer.query(ClassTestServer.APP, "boss") + QUERY);
    return desk.send(
        uri,
        HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(file)));
  }

  @Test
  void aVideoIsUploadedOnce() throws Exception {
    JsonNode first = desk.upload(QUERY + "&video_id=v", new byte[100]);
    JsonNode second = desk.upload(QUERY + "&video_id=v", new byte[100]);
    assertThat(second).isEqualTo(first);
    assertThat(desk.uploaded()).hasSize(1);
    assertThat(desk.messages("g")).hasSize(1);
  }

  @Test
  void tooLarge() throws Exception {
    for (int size : new int[] {3_000_001, 8_000_000}) {
      JsonNode answer = desk.upload(QUERY, new byte[size]);
      ClassFaceTest.assertCode(80002, answer);
      assertThat(answer.path("ErrorInfo").stringValue())
          .isEqualTo(
              "body has "
                  + size
                  + " bytes; allowed: at most 3000000 bytes (the app's setting upload)");
    }
    JsonNode answer = chunked(new byte[8_000_000]);
    ClassFaceTest.assertCode(80002, answer);
    assertThat(answer.path("ErrorInfo").stringValue()).contains("bytes and more; allowed:");
    assertNothingThere();
  }

  @Test
  void empty() throws Exception {
    JsonNode answer = desk.upload(QUERY, new byte[0]);
    ClassFaceTest.assertCode(10004, answer);
    assertThat(answer.path("ErrorInfo").stringValue()).startsWith("body is empty; allowed:");
    ClassFaceTest.assertCode(10004, chunked(new byte[0]));
    assertNothingThere();
  }

  @Test
  void brokenOff() throws Exception {
    String request =
        "POST /v4/class_record_svc/upload_video?"
            + ClassTestServer.query(ClassTestServer.APP, "boss")
            + QUERY
            + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[400_000]);
      socket.getOutputStream().flush();
      assertThat(Await.until(Duration.ofSeconds(10), () -> count() == 1)).isTrue();
      // Our side of the conversation only: the answer can still be heard.
      socket.shutdownOutput();
      InputStream answer = socket.getInputStream();
      assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
          .contains("HTTP/1.1 200", "\"ErrorCode\":60002", "broke off after 400000 bytes");
    }
    assertThat(Await.until(Duration.ofSeconds(10), () -> count() == 0)).isTrue();
    assertNothingThere();
  }

  @Test
  void killedInTheMiddle() throws Exception {
    String request =
        "POST /v4/class_record_svc/upload_video?"
            + ClassTestServer.query(ClassTestServer.APP, "boss")
            + QUERY
            + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nvideo\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      assertThat(Await.until(Duration.ofSeconds(10), () -> count() == 1)).isTrue();
      desk.clean(Instant.now().plus(Duration.ofDays(30)));
      assertThat(count()).as("one that still comes is not tidied away").isEqualTo(1);
      socket.setSoLinger(true, 0);
    }
    assertThat(Await.until(Duration.ofSeconds(10), () -> count() == 0)).isTrue();
    assertNothingThere();
  }

  private int count() {
    try {
      return desk.uploaded().size();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFullDisk(@TempDir Path other) throws Exception {
    try (ClassTestServer full =
        new ClassTestServer(other, ClassTestServer.SETTINGS, Long.MAX_VALUE / 2)) {
      full.create("g");
      JsonNode answer = full.upload(QUERY, new byte[500_000]);
      ClassFaceTest.assertCode(10002, answer);
      assertThat(answer.path("ErrorInfo").stringValue())
          .startsWith("The disk is too full for an upload; there is room for 0 bytes");
      assertThat(full.uploaded()).isEmpty();
      assertThat(full.messages("g")).isEmpty();
    }
  }

  /** Texts of the caller's are never names of files. */
  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "..", "a/b", "课;rm -rf", "\"}{"})
  void hostileNames(String name) throws Exception {
    String hostile = ClassTestServer.escaped(name);
    JsonNode answer =
        desk.upload(
            "&groupid=g&userid=" + hostile + "&start_time=1545047010123&video_id=" + hostile,
            new byte[10]);
    ClassFaceTest.assertCode(0, answer);
    assertThat(answer.path("VideoId").stringValue()).isEqualTo(name);
    JsonNode value = desk.data("g").getFirst().path("value");
    assertThat(value.path("uid").stringValue()).isEqualTo(name);
    assertThat(value.path("video_url").stringValue()).matches("upload:[0-9a-f]{32}");
    assertThat(desk.uploaded()).hasSize(1);
    assertThat(desk.uploads.path(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          &userid=u&start_time=1545047010123 | 10004 | groupid is absent
          &groupid=none&userid=u&start_time=1545047010123 | 10010 | GroupId is none
          &groupid=..%2F..&start_time=1545047010123 | 10004 | userid is absent
          &groupid=g&userid=%00&start_time=1545047010123 | 10004 | userid is
          &groupid=g&userid=u&kind=tv&start_time=1545047010123 | 10004 | kind is "tv"; allowed: camera, screen, film
          &groupid=g&userid=u | 10004 | start_time is absent; allowed: Unix milliseconds
          &groupid=g&userid=u&start_time=1545047010 | 10004 | start_time is 1545047010
          &groupid=g&userid=u&start_time=x | 10004 | start_time is "x"
          &groupid=g&userid=u&start_time=1545047010123&duration=-1 | 10004 | duration is "-1"
          &groupid=g&userid=u&start_time=1545047010123&video_id=%0a | 10004 | video_id is
          """)
  void wrongInput(String query, int code, String info) throws Exception {
    JsonNode answer = desk.upload(query, new byte[300_000]);
    ClassFaceTest.assertCode(code, answer);
    assertThat(answer.path("ErrorInfo").stringValue()).contains(info);
    assertNothingThere();
  }

  /** An upload goes with its group's messages, and not while somebody uses it. */
  @Test
  void itsTimeIsOver() throws Exception {
    String id = desk.upload(QUERY, new byte[10]).path("VideoId").stringValue();
    Files.write(desk.uploadFolder.resolve("0".repeat(32)), new byte[5]);
    Files.write(desk.uploadFolder.resolve("1".repeat(32) + ".part"), new byte[5]);
    desk.call("video_callback", ClassTestServer.ready("1400000002_g_u_main", 1, "f").toString());
    desk.clean(Instant.now().plus(TencentApp.DEFAULT_MESSAGES).minusSeconds(60));
    assertThat(desk.uploaded()).as("what a crash left is gone").hasSize(1);
    assertThat(desk.uploads.path(id)).isPresent();
    desk.clean(Instant.now().plus(TencentApp.DEFAULT_MESSAGES));
    assertThat(desk.uploaded()).isEmpty();
    assertThat(desk.uploads.path(id)).isEmpty();
    JsonNode state = desk.call("class_state", "{\"GroupId\":\"g\"}");
    assertThat(state.path("Ends").asInt(-1)).isZero();
    assertThat(state.path("Videos").isEmpty()).isTrue();
  }

  @Test
  void whatSomebodyElsePutThereStays() throws Exception {
    desk.upload(QUERY, new byte[10]);
    Path notes = Files.writeString(desk.uploadFolder.resolve("notes.txt"), "somebody's");
    desk.clean(Instant.now().plus(Duration.ofDays(30)));
    assertThat(desk.uploaded()).containsExactly(notes);
  }

  private void assertNothingThere() throws Exception {
    assertThat(desk.uploaded()).isEmpty();
    assertThat(desk.messages("g")).isEmpty();
  }
}
