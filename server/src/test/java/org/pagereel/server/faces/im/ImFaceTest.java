package org.pagereel.server.faces.im;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.usersig.NewUserSig;
import tools.jackson.databind.JsonNode;

/** Groups and messages over HTTP, in the documented shapes. */
class ImFaceTest {
  @TempDir static Path folder;
  private static ImTestServer desk;

  @BeforeAll
  static void open() throws Exception {
    desk = new ImTestServer(folder);
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void documentedShapes() throws Exception {
    JsonNode created =
        desk.call(
            "create_group", "{\"Type\":\"Private\",\"Name\":\"课\",\"Owner_Account\":\"leckie\"}");
    String group = created.path("GroupId").stringValue();
    assertThat(group).matches("@TGS#[0-9A-Z]{9}");
    assertThat(created.toString())
        .isEqualTo(
            "{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0,\"GroupId\":\""
                + group
                + "\"}");
    String body =
        "[{\"MsgContent\":{\"Data\":\"\\b\\u0001猫瞳\",\"Desc\":\"MIF\",\"Ext\":\"\",\"n\":1.50},\"MsgType\":\"TIMCustomElem\"},"
            + "{\"MsgContent\":{\"Data\":\"\",\"Index\":15},\"MsgType\":\"TIMFaceElem\"}]";
    String sending =
        "{\"GroupId\":\"%s\",\"Random\":51083293,\"From_Account\":\"144115197276518801\",\"OfflinePushInfo\":{\"PushFlag\":0},\"MsgBody\":%s%s}";
    JsonNode first = desk.call("send_group_msg", sending.formatted(group, body, ""));
    long time = first.path("MsgTime").asLong();
    assertThat(time).isBetween(Instant.now().getEpochSecond() - 20, Instant.now().getEpochSecond());
    assertThat(first.toString())
        .isEqualTo(
            "{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0,\"MsgTime\":"
                + time
                + ",\"MsgSeq\":1}");
    assertThat(page(group, 2, null).toString())
        .isEqualTo(
            "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,\"GroupId\":\"%s\",\"IsFinished\":1,\"RspMsgList\":[{\"From_Account\":\"144115197276518801\",\"IsPlaceMsg\":0,\"MsgBody\":%s,\"MsgRandom\":51083293,\"MsgSeq\":1,\"MsgTimeStamp\":%d}]}"
                .formatted(group, Json.LINES.readTree(body), time));
    desk.call(
        "send_group_msg",
        sending.formatted(group, body, ",\"OnlineOnlyFlag\":1").replace("51083293", "7"));
    desk.call(
        "send_group_msg",
        sending
            .formatted(group, body, ",\"MsgPriority\":\"High\",\"CloudCustomData\":\"cloud\"")
            .replace("51083293", "8"));
    JsonNode list = page(group, 20, null).path("RspMsgList");
    assertThat(list.get(0).path("CloudCustomData").stringValue()).isEqualTo("cloud");
    assertThat(list.get(1).toString())
        .isEqualTo(
            "{\"From_Account\":\"\",\"IsPlaceMsg\":1,\"MsgBody\":[],\"MsgRandom\":0,\"MsgSeq\":2,\"MsgTimeStamp\":0}");
    assertThat(new GroupHistory(desk.jdbi()).read(ImTestServer.APP, group, 1, 10))
        .extracting(GroupMessage::seq, GroupMessage::priority)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(3L, "High"));
  }

  @Test
  void pagesAndTheirEnds() throws Exception {
    desk.create("pages");
    assertThat(seqs(page("pages", 20, null))).isEmpty();
    desk.fill("pages", 45, 0);
    assertThat(seqs(page("pages", 20, null))).containsExactlyElementsOf(down(45, 26));
    assertThat(page("pages", 20, null).path("IsFinished").asInt()).isEqualTo(1);
    assertThat(seqs(page("pages", 21, null))).containsExactlyElementsOf(down(45, 26));
    assertThat(page("pages", 21, null).path("IsFinished").asInt()).isEqualTo(0);
    assertThat(seqs(page("pages", 3, 25L))).containsExactly(25L, 24L, 23L);
    assertThat(seqs(page("pages", 1000, 20L))).containsExactlyElementsOf(down(20, 1));
    assertThat(page("pages", 1000, 20L).path("IsFinished").asInt()).isEqualTo(1);
    assertThat(seqs(page("pages", 2, 4_294_967_295L))).containsExactly(45L, 44L);
    JsonNode zero = page("pages", 20, 0L);
    assertThat(zero.path("ErrorCode").asInt(-1)).isEqualTo(0);
    assertThat(zero.path("RspMsgList").isArray()).isTrue();
    assertThat(seqs(zero)).isEmpty();
  }

  /**
   * The vendor's sample client ends with an empty list and with nothing else
   * (docs/vendors/tencent.md, "Message history").
   */
  @Test
  void theVendorsSampleLoop() throws Exception {
    desk.create("sample");
    desk.fill("sample", 2000, 7);
    List<JsonNode> messages = new ArrayList<>();
    JsonNode page = page("sample", 20, null);
    int calls = 1;
    while (!page.path("RspMsgList").isEmpty()) {
      messages.addAll(page.path("RspMsgList").values());
      page = page("sample", 20, messages.getLast().path("MsgSeq").asLong() - 1);
      calls++;
    }
    assertThat(calls).isEqualTo(101);
    assertThat(messages.stream().map(one -> one.path("MsgSeq").asLong()).toList())
        .containsExactlyElementsOf(down(2000, 1));
    for (JsonNode message : messages) {
      long seq = message.path("MsgSeq").asLong();
      assertThat(message.path("IsPlaceMsg").asInt()).isEqualTo(seq % 7 == 0 ? 1 : 0);
      assertThat(message.path("MsgBody").path(0).path("MsgContent").path("Text").asString(""))
          .isEqualTo(seq % 7 == 0 ? "" : "text " + seq);
    }
  }

  @Test
  void theSameRandomIsTheSameMessage() throws Exception {
    desk.create("random");
    JsonNode first = desk.send("random", 4_294_967_295L, "a");
    JsonNode second = desk.send("random", 4_294_967_295L, "a");
    assertThat(second).isEqualTo(first);
    assertThat(desk.send("random", 0, "a").path("MsgSeq").asLong()).isEqualTo(2);
    String other = ImTestServer.message("random", 0, "a").put("From_Account", "other").toString();
    assertThat(desk.call("send_group_msg", other).path("MsgSeq").asLong()).isEqualTo(3);
    String online = ImTestServer.message("random", 9, "a").put("OnlineOnlyFlag", 1).toString();
    assertThat(desk.call("send_group_msg", online).path("MsgSeq").asLong()).isEqualTo(4);
    assertThat(desk.call("send_group_msg", online).path("MsgSeq").asLong()).isEqualTo(4);
    GroupMessage kept =
        new GroupHistory(desk.jdbi()).read(ImTestServer.APP, "random", 1, 1).getFirst();
    NewMessage again = new NewMessage("admin", 0, "Normal", kept.body(), null, true);
    Instant sent = kept.at();
    assertThat(sendAt("random", again, sent.plus(GroupMessages.SAME_WITHIN).minusMillis(1)))
        .isEqualTo(2);
    assertThat(sendAt("random", again, sent.plus(GroupMessages.SAME_WITHIN))).isEqualTo(5);
  }

  /** Clients that count from 0 anew, or draw few numbers, lose nothing. */
  @Test
  void theSameRandomWithAnotherBodyIsAnotherMessage() throws Exception {
    desk.create("bodies");
    assertThat(desk.send("bodies", 7, "a").path("MsgSeq").asLong()).isEqualTo(1);
    assertThat(desk.send("bodies", 7, "b").path("MsgSeq").asLong()).isEqualTo(2);
    String cloud = ImTestServer.message("bodies", 7, "a").put("CloudCustomData", "c").toString();
    assertThat(desk.call("send_group_msg", cloud).path("MsgSeq").asLong()).isEqualTo(3);
    String online = ImTestServer.message("bodies", 8, "a").put("OnlineOnlyFlag", 1).toString();
    assertThat(desk.call("send_group_msg", online).path("MsgSeq").asLong()).isEqualTo(4);
    assertThat(desk.send("bodies", 8, "c").path("MsgSeq").asLong()).isEqualTo(5);
    // Each is still known.
    assertThat(desk.send("bodies", 7, "a").path("MsgSeq").asLong()).isEqualTo(1);
    assertThat(desk.send("bodies", 7, "b").path("MsgSeq").asLong()).isEqualTo(2);
    assertThat(desk.call("send_group_msg", cloud).path("MsgSeq").asLong()).isEqualTo(3);
    assertThat(desk.call("send_group_msg", online).path("MsgSeq").asLong()).isEqualTo(4);
  }

  private static long sendAt(String id, NewMessage message, Instant now) {
    return desk.jdbi()
        .inTransaction(handle ->
            GroupMessages.send(
                    handle, Groups.living(handle, ImTestServer.APP, id).orElseThrow(), message, now)
                .seq());
  }

  @Test
  void manyAtOnceGetEveryNumberOnce() throws Exception {
    desk.create("many");
    List<Callable<List<Long>>> senders = new ArrayList<>();
    for (int sender = 0; sender < 8; sender++) {
      int first = sender * 1000;
      senders.add(() -> {
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          seqs.add(desk.send("many", first + i, "m").path("MsgSeq").asLong());
        }
        return seqs;
      });
    }
    List<Long> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<List<Long>> one : threads.invokeAll(senders)) {
        assertThat(one.get()).isSorted();
        all.addAll(one.get());
      }
    }
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 400).boxed().toList());
  }

  @Test
  void aLiveRoomKeepsNothing() throws Exception {
    desk.call("create_group", "{\"Type\":\"AVChatRoom\",\"Name\":\"n\",\"GroupId\":\"live\"}");
    assertThat(desk.send("live", 1, "a").path("MsgSeq").asLong()).isEqualTo(1);
    assertThat(desk.send("live", 2, "a").path("MsgSeq").asLong()).isEqualTo(2);
    JsonNode page = page("live", 20, null);
    assertThat(page.path("ErrorCode").asInt(-1)).isEqualTo(0);
    assertThat(seqs(page)).isEmpty();
  }

  @Test
  void destroyedAndMadeAgain() throws Exception {
    desk.create("twice");
    desk.send("twice", 1, "first life");
    assertCode(
        10021,
        desk.call("create_group", "{\"Type\":\"Public\",\"Name\":\"n\",\"GroupId\":\"twice\"}"));
    assertThat(desk.call("destroy_group", "{\"GroupId\":\"twice\"}").toString())
        .isEqualTo("{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0}");
    assertCode(10010, desk.call("destroy_group", "{\"GroupId\":\"twice\"}"));
    assertCode(10010, desk.send("twice", 2, "late"));
    assertCode(10010, page("twice", 20, null));
    assertThat(new GroupHistory(desk.jdbi()).read(ImTestServer.APP, "twice", 0, 10)).hasSize(1);
    assertThat(new GroupHistory(desk.jdbi()).lastSeq(ImTestServer.APP, "twice")).isEqualTo(1);
    assertThat(new GroupHistory(desk.jdbi()).read(ImTestServer.WITH_ADMINS, "twice", 0, 10))
        .isEmpty();
    assertThat(new GroupHistory(desk.jdbi()).lastSeq(ImTestServer.WITH_ADMINS, "twice")).isZero();
    desk.create("twice");
    assertThat(seqs(page("twice", 20, null))).isEmpty();
    assertThat(desk.send("twice", 1, "second life").path("MsgSeq").asLong()).isEqualTo(1);
  }

  /** It is refused unread, so its connection ends; whoever is told so asks on another one. */
  @Test
  void aBodyThatIsRefusedUnreadEndsItsConnection() throws Exception {
    desk.create("large");
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> answer =
          desk.answer("send_group_msg", "{\"GroupId\":\"" + "x".repeat(300_000) + "\"}");
      assertThat(answer.headers().firstValue("Connection")).hasValue("close");
      assertThat(desk.send("large", i, "x").path("MsgSeq").asLong()).isEqualTo(i + 1);
    }
  }

  @Test
  void whatIsTooLong() throws Exception {
    desk.create("long");
    int around = ImTestServer.message("long", 1, "").path("MsgBody").toString().length();
    assertThat(desk.send("long", 1, "x".repeat(8000 - around)).path("MsgSeq").asLong())
        .isEqualTo(1);
    JsonNode over = desk.send("long", 2, "x".repeat(8001 - around));
    assertCode(80002, over);
    assertThat(over.path("ErrorInfo").stringValue()).contains("8001 bytes", "at most 8000");
    assertCode(80002, desk.send("long", 2, "课".repeat((8000 - around) / 3 + 1)));
    String cloud =
        ImTestServer.message("long", 3, "x").put("CloudCustomData", "x".repeat(8000)).toString();
    assertCode(80002, desk.call("send_group_msg", cloud));
    assertCode(80002, desk.send("long", 4, "x".repeat(300_000)));
    assertThat(desk.send("long", 5, "x").path("MsgSeq").asLong()).isEqualTo(2);
    String deep = ImTestServer.message("long", 6, "").toString();
    deep = deep.replace("\"\"", "[".repeat(98) + "]".repeat(98));
    JsonNode nested = desk.call("send_group_msg", deep);
    assertCode(10004, nested);
    assertThat(nested.path("ErrorInfo").stringValue()).contains("nested");
  }

  @Test
  void signaturesAndApps() throws Exception {
    desk.create("who");
    String body = "{\"GroupId\":\"who\",\"ReqMsgNumber\":1}";
    Instant now = Instant.now();
    Duration hour = Duration.ofHours(1);
    String good = NewUserSig.of(ImTestServer.APP, "课 &=", ImTestServer.KEY, now, hour);
    assertCode(0, get(ImTestServer.query(ImTestServer.APP, "课 &=", good), body));
    assertCode(70013, get(ImTestServer.query(ImTestServer.APP, "other", good), body));
    assertCode(70014, get(ImTestServer.query(ImTestServer.WITH_ADMINS, "课 &=", good), body));
    assertCode(70003, get(ImTestServer.query(ImTestServer.APP, "admin", good.substring(1)), body));
    String old =
        NewUserSig.of(ImTestServer.APP, "admin", ImTestServer.KEY, now.minusSeconds(3610), hour);
    JsonNode expired = get(ImTestServer.query(ImTestServer.APP, "admin", old), body);
    assertCode(70001, expired);
    assertThat(expired.path("ErrorInfo").stringValue()).startsWith("usersig has expired at 20");
    String forged = NewUserSig.of(ImTestServer.APP, "admin", "1" + ImTestServer.KEY, now, hour);
    assertCode(70009, get(ImTestServer.query(ImTestServer.APP, "admin", forged), body));
    assertCode(60005, get("sdkappid=1400000002&identifier=admin", body));
    assertCode(60004, get("sdkappid=1400000002&usersig=x", body));
    assertCode(60012, get("identifier=admin&usersig=x", body));
    assertCode(60006, get(ImTestServer.query(1, "admin", good), body));
    assertCode(60006, get("sdkappid=many&identifier=admin&usersig=x", body));
    assertCode(60006, get(ImTestServer.query(ImTestServer.KEYLESS, "admin", good), body));
    assertCode(60010, get(ImTestServer.query(ImTestServer.WITH_ADMINS, "pupil"), body));
    assertCode(10010, get(ImTestServer.query(ImTestServer.WITH_ADMINS, "boss"), body));
    assertCode(
        60002, get(ImTestServer.query(ImTestServer.APP, "admin").replace("json", "xml"), body));
    assertCode(60002, desk.call("delete_group", body));
  }

  /** No client library sends these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST %s?identifier=%%zz",
        "POST %s?sdkappid=1400000002&identifier=%%ff%%00&usersig=%%",
        "GET %s?sdkappid=1400000002"
      })
  void requestsThatAreNone(String start) throws Exception {
    String request =
        start.formatted("/v4/group_open_http_svc/create_group")
            + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).contains("HTTP/1.1 200", "\"ActionStatus\":\"FAIL\"");
      assertThat(answer).containsPattern("\"ErrorCode\":(60002|60005|60012)");
    }
  }

  @Test
  void withoutAuthentication(@TempDir Path other) throws Exception {
    try (ImTestServer open =
        new ImTestServer(other, ImTestServer.SETTINGS + "authentication: false\n")) {
      String query = "sdkappid=1400000003";
      String create = "{\"Type\":\"Work\",\"Name\":\"n\",\"GroupId\":\"g\"}";
      assertCode(0, open.call("create_group", query, create));
      assertCode(0, open.call("create_group", "sdkappid=1400000002", create));
      String forged = ImTestServer.query(ImTestServer.APP, "admin", "forged");
      assertCode(70003, open.call("create_group", forged, create));
      assertCode(60006, open.call("create_group", "sdkappid=5", create));
      open.call("send_group_msg", query, ImTestServer.message("g", 1, "t").toString());
      JsonNode page =
          open.call("group_msg_get_simple", query, "{\"GroupId\":\"g\",\"ReqMsgNumber\":20}");
      assertThat(page.path("RspMsgList").path(0).path("From_Account").stringValue())
          .isEqualTo("administrator");
    }
  }

  static void assertCode(int code, JsonNode answer) {
    assertThat(answer.path("ErrorCode").asInt(-1)).as(answer.toString()).isEqualTo(code);
    assertThat(answer.path("ActionStatus").stringValue()).isEqualTo(code == 0 ? "OK" : "FAIL");
  }

  private static JsonNode get(String query, String body) throws Exception {
    return desk.call("group_msg_get_simple", query, body);
  }

  private static JsonNode page(String group, int number, Long seq) throws Exception {
    var body = Json.LINES.createObjectNode().put("GroupId", group).put("ReqMsgNumber", number);
    if (seq != null) {
      body.put("ReqMsgSeq", seq);
    }
    return desk.call("group_msg_get_simple", body.toString());
  }

  private static List<Long> seqs(JsonNode page) {
    return page.path("RspMsgList").values().stream()
        .map(one -> one.path("MsgSeq").asLong())
        .toList();
  }

  static List<Long> down(long from, long to) {
    return LongStream.rangeClosed(to, from).map(seq -> from + to - seq).boxed().toList();
  }
}
