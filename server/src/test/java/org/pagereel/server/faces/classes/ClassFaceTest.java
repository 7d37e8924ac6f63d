package org.pagereel.server.faces.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Time lines, callbacks and registered videos over HTTP. */
class ClassFaceTest {
  private static final long START = 1_545_047_010L;

  @TempDir static Path folder;
  private static ClassTestServer desk;

  @BeforeAll
  static void open() throws Exception {
    desk = new ClassTestServer(folder);
    desk.create("wrong");
    desk.create(ClassTestServer.APP, "boss", "live", "AVChatRoom");
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void aTimeLine() throws Exception {
    desk.create("lines");
    long before = System.currentTimeMillis();
    String pupil = ClassTestServer.query(ClassTestServer.APP, "pupil 1");
    JsonNode answer =
        desk.call("report_timeline", pupil, "{\"GroupId\":\"lines\",\"Timestamp\":123456789012}");
    long at = answer.path("TimeLine").asLong();
    assertThat(at).isBetween(before, System.currentTimeMillis());
    assertThat(answer.toString())
        .isEqualTo(
            "{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0,\"TimeLine\":"
                + at
                + ",\"MsgSeq\":1}");
    desk.call("report_timeline", "{\"GroupId\":\"lines\",\"Timestamp\":0,\"UserId\":\"pupil 2\"}");
    JsonNode message = desk.messages("lines").getLast();
    assertThat(message.path("From_Account").stringValue()).isEqualTo("pupil 1");
    JsonNode element = message.path("MsgBody").path(0);
    assertThat(element.path("MsgType").stringValue()).isEqualTo("TIMCustomElem");
    assertThat(element.path("MsgContent").path("Ext").stringValue()).isEqualTo("TXConferenceExt");
    List<JsonNode> data = desk.data("lines");
    int seq = data.getFirst().path("seq").asInt();
    assertThat(seq).isBetween(10_000, 100_000_000);
    assertThat(data.getFirst().toString())
        .isEqualTo(
            "{\"type\":1003,\"seq\":%d,\"timestamp\":123456789012,\"time_line\":%d,\"value\":{\"uid\":\"pupil 1\"}}"
                .formatted(seq, at));
    assertThat(data.get(1).path("value").path("uid").stringValue()).isEqualTo("pupil 2");
    JsonNode refused =
        desk.call(
            "report_timeline",
            pupil,
            "{\"GroupId\":\"lines\",\"Timestamp\":1,\"UserId\":\"boss\"}");
    assertCode(60010, refused);
    assertThat(refused.path("ErrorInfo").stringValue()).startsWith("UserId is \"boss\"; allowed:");
    assertCode(60010, desk.call("class_state", pupil, "{\"GroupId\":\"lines\"}"));
    assertCode(60010, desk.call("register_video", pupil, "{}"));
    assertCode(60010, desk.call("upload_video", pupil, "x"));
    assertThat(desk.data("lines")).hasSize(2);
  }

  /**
   * Files are cut every 30 minutes, and two have to come (docs/vendors/tencent.md, "Live
   * recording").
   */
  @Test
  void twoFilesOfAClass() throws Exception {
    desk.create("1203");
    String stream = "1400000002_1203_Mac_trtc_04_main";
    assertState("1203", 0, 0, true);
    assertTaken(ClassTestServer.begun(stream, START));
    assertState("1203", 1, 0, false);
    assertTaken(ClassTestServer.begun(stream, START + 1800));
    assertTaken(ClassTestServer.ready(stream, START, "f1"));
    assertState("1203", 2, 1, false);
    assertTaken(ClassTestServer.ready(stream, START + 1800, "f2"));
    assertState("1203", 2, 2, true);
    List<JsonNode> data = desk.data("1203");
    assertThat(data).hasSize(2);
    JsonNode first = data.getFirst();
    assertThat(first.path("timestamp").asLong())
        .isBetween(Instant.now().getEpochSecond() - 20, Instant.now().getEpochSecond());
    assertThat(first.toString())
        .isEqualTo(
            ("{\"type\":1004,\"seq\":%d,\"timestamp\":%d,\"value\":{\"uid\":\"Mac_trtc_04\",\"start_time\":1545047010,\"end_time\":1545048810,"
                    + "\"media_start_time\":135802,\"file_size\":277941079,\"duration\":1800,\"video_id\":\"f1\",\"video_url\":\"http://vod.example/f1.mp4\",\"kind\":\"camera\"}}")
                .formatted(first.path("seq").asInt(), first.path("timestamp").asLong()));
    JsonNode state = desk.call("class_state", "{\"GroupId\":\"1203\"}");
    assertThat(state.path("Videos").path(0).toString()).isEqualTo(first.path("value").toString());
    assertThat(state.path("Videos").path(1).path("start_time").asLong()).isEqualTo(START + 1800);
  }

  @Test
  void repeatedCallbacks() throws Exception {
    desk.create("again");
    String stream = "1400000002_again_u_main";
    for (int time = 0; time < 3; time++) {
      assertTaken(ClassTestServer.begun(stream, START));
      assertTaken(ClassTestServer.ready(stream, START, "f1"));
    }
    assertTaken(ClassTestServer.ready(stream, START, "the same as HLS"));
    assertTaken(ClassTestServer.ready(stream, START + 5, "f1"));
    ObjectNode inMillis = ClassTestServer.ready(stream, START * 1000, "f3");
    assertTaken(inMillis);
    assertState("again", 1, 1, true);
    ObjectNode withoutId = ClassTestServer.ready(stream, START + 1800, "x");
    withoutId.remove("file_id");
    assertTaken(withoutId);
    assertTaken(withoutId);
    assertState("again", 1, 2, true);
    assertThat(desk.data("again")).hasSize(2);
    assertThat(desk.data("again").get(1).path("value").path("video_id").stringValue())
        .matches("[0-9a-f]{32}");
    ObjectNode withoutStart = ClassTestServer.begun(stream, 0);
    withoutStart.remove("start_time");
    assertTaken(withoutStart);
    assertTaken(withoutStart);
    assertState("again", 2, 2, true);
  }

  @Test
  void whoseItIs() throws Exception {
    for (String group : List.of("5", "5_a", "4948", "room b", "Um9vbQ==", "Room")) {
      desk.create(group);
    }
    assertWhose("5", "a_u", "camera", "", "1400000002_5_a_u_main", "");
    assertWhose("5_a", "u", "screen", "&groupid=5_a", "1400000002_5_a_u_aux", "");
    assertWhose("5", "张三", "camera", "&groupid=5&uid=" + ClassTestServer.escaped("张三"), "mine", "");
    String trtc =
        "txTime=1&from=interactive&sdkappid=1400000002&sdkapptype=1&groupid=NDk0OA==&userid=VXNlcl80OTQ4";
    assertWhose("4948", "User_4948", "camera", "", "named", trtc);
    assertWhose("5", "User_4948", "screen", "&groupid=5", "named_aux", trtc);
    String escaped = trtc.replace("==", "%3D%3D");
    assertWhose("4948", "User_4948", "camera", "", "named2", escaped);
    assertWhose("room b", "u&1", "camera", "", "x", "userid=u%261&groupid=room%20b");
    assertWhose(
        "Um9vbQ==", "VXNlcl80OTQ4", "camera", "", "y", "userid=VXNlcl80OTQ4&groupid=Um9vbQ==");
    String room = Base64.getUrlEncoder().encodeToString("Room".getBytes(StandardCharsets.UTF_8));
    assertWhose(
        "Room",
        "李四",
        "camera",
        "&groupid=Room&uid=" + ClassTestServer.escaped("李四"),
        "z",
        "groupid=" + room);
  }

  private static void assertWhose(
      String group, String user, String kind, String query, String stream, String parameters)
      throws Exception {
    int before = desk.messages(group).size();
    ObjectNode body =
        ClassTestServer.ready(stream, START, "file-of-" + stream).put("stream_param", parameters);
    JsonNode answer = desk.call("video_callback", "sdkappid=1400000002" + query, body.toString());
    assertThat(answer.toString()).isEqualTo("{\"code\":0}");
    assertThat(desk.messages(group)).hasSize(before + 1);
    JsonNode value = desk.data(group).getLast().path("value");
    assertThat(value.path("uid").stringValue()).isEqualTo(user);
    assertThat(value.path("kind").stringValue()).isEqualTo(kind);
  }

  @Test
  void timesOfAllKinds() throws Exception {
    desk.create("times");
    ObjectNode body = ClassTestServer.ready("1400000002_times_u_main", START, "t1");
    body.put("start_time_usec", 250_000).put("end_time", "1545048810.5").put("duration", 1800.25);
    assertTaken(body);
    JsonNode value = desk.data("times").getFirst().path("value");
    assertThat(value.toString())
        .contains(
            "\"start_time\":1545047010.25,", "\"end_time\":1545048810.5,", "\"duration\":1800.25,");
    assertTaken(ClassTestServer.ready("1400000002_times_v_main", 1_545_047_010_123L, "t2"));
    value = desk.data("times").getLast().path("value");
    assertThat(value.path("start_time").asLong()).isEqualTo(1_545_047_010_123L);
    assertThat(UnixTime.millis(value.path("start_time").decimalValue()))
        .isEqualTo(1_545_047_010_123L);
    assertThat(UnixTime.millis(new BigDecimal("1545047010.25"))).isEqualTo(1_545_047_010_250L);
  }

  @Test
  void signs() throws Exception {
    desk.create("signed");
    Instant soon = Instant.now().plusSeconds(60);
    String stream = "1400000002_signed_u_main";
    ObjectNode good =
        ClassTestServer.callback(1, soon).put("stream_id", stream).put("start_time", START);
    ObjectNode upper = good.deepCopy();
    upper.put("sign", good.path("sign").stringValue().toUpperCase(Locale.ROOT));
    upper.put("t", String.valueOf(soon.getEpochSecond()));
    assertTaken(upper);
    assertRefused(70009, good.deepCopy().put("t", soon.getEpochSecond() + 1), "sign was not made");
    assertRefused(70009, good.deepCopy().put("sign", "0"), "sign was not made");
    ObjectNode none = good.deepCopy();
    none.remove("sign");
    assertRefused(60005, none, "sign is absent");
    ObjectNode past =
        ClassTestServer.callback(1, Instant.now().minusSeconds(2))
            .put("stream_id", stream)
            .put("start_time", START + 9);
    assertRefused(70001, past, "t is");
    ObjectNode never = good.deepCopy();
    never.remove("t");
    assertRefused(10004, never, "t is absent");
    assertState("signed", 1, 0, false);
    JsonNode other =
        desk.call("video_callback", "sdkappid=5&groupid=signed&uid=u", good.toString());
    assertCode(60006, other);
    ObjectNode unknown = good.deepCopy().put("event_type", 200);
    assertTaken(unknown);
    assertState("signed", 1, 0, false);
  }

  /** An app without a callbackKey. */
  @Test
  void aUserSigInsteadOfASign() throws Exception {
    desk.create(ClassTestServer.PLAIN, "any", "sig", "Private");
    ObjectNode body = ClassTestServer.begun("1400000003_sig_u_main", START);
    assertCode(60012, desk.call("video_callback", "", body.toString()));
    assertCode(60004, desk.call("video_callback", "sdkappid=1400000003", body.toString()));
    JsonNode taken =
        desk.call(
            "video_callback", ClassTestServer.query(ClassTestServer.PLAIN, "any"), body.toString());
    assertThat(taken.toString()).isEqualTo("{\"code\":0}");
    JsonNode forged =
        desk.call(
            "video_callback",
            ClassTestServer.query(ClassTestServer.PLAIN, "any")
                .replace("identifier=any", "identifier=b"),
            body.toString());
    assertCode(70013, forged);
    assertThat(forged.path("code").asInt(-1)).isEqualTo(70013);
  }

  @Test
  void registeredVideos() throws Exception {
    desk.create("reg");
    String body =
        "{\"GroupId\":\"reg\",\"UserId\":\"t\",\"VideoUrl\":\"https://a.example/x.mp4?a=1\",\"StartTime\":1545047010123%s}";
    JsonNode first =
        desk.call(
            "register_video",
            body.formatted(",\"Kind\":\"film\",\"Duration\":1500,\"VideoId\":\"v1\""));
    assertThat(first.toString())
        .isEqualTo(
            "{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0,\"MsgSeq\":1,\"VideoId\":\"v1\"}");
    assertThat(desk.call("register_video", body.formatted(",\"VideoId\":\"v1\""))).isEqualTo(first);
    JsonNode second = desk.call("register_video", body.formatted(""));
    assertThat(second.path("MsgSeq").asLong()).isEqualTo(2);
    List<JsonNode> data = desk.data("reg");
    assertThat(data).hasSize(2);
    assertThat(data.getFirst().path("value").toString())
        .isEqualTo(
            "{\"uid\":\"t\",\"start_time\":1545047010123,\"end_time\":1545047011623,\"duration\":1.500,\"video_id\":\"v1\",\"video_url\":\"https://a.example/x.mp4?a=1\",\"kind\":\"film\"}");
    assertThat(data.get(1).path("value").path("kind").stringValue()).isEqualTo("camera");
    assertThat(data.get(1).path("value").path("video_id")).isEqualTo(second.path("VideoId"));
    assertState("reg", 0, 0, true);
    desk.im(
        "destroy_group",
        ClassTestServer.query(ClassTestServer.APP, "boss"),
        "{\"GroupId\":\"reg\"}");
    assertThat(desk.call("register_video", body.formatted("")).path("MsgSeq").asLong())
        .as("a class that is over")
        .isEqualTo(3);
    assertCode(10010, desk.call("report_timeline", "{\"GroupId\":\"reg\",\"Timestamp\":1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          report_timeline | [] | 60003 | JSON object
          report_timeline | {"Timestamp":1} | 10004 | GroupId is absent
          report_timeline | {"GroupId":"none","Timestamp":1} | 10010 | GroupId is none
          report_timeline | {"GroupId":"wrong"} | 10004 | Timestamp is absent; allowed: whole numbers from 0
          report_timeline | {"GroupId":"wrong","Timestamp":-1} | 10004 | Timestamp is -1
          report_timeline | {"GroupId":"wrong","Timestamp":1.5} | 10004 | Timestamp is 1.5
          report_timeline | {"GroupId":"wrong","Timestamp":"1"} | 10004 | Timestamp is "1"
          report_timeline | {"GroupId":"wrong","Timestamp":1e99} | 10004 | Timestamp is
          report_timeline | {"GroupId":"wrong","Timestamp":1,"UserId":7} | 10004 | UserId is 7
          report_timeline | {"GroupId":"wrong","Timestamp":1,"UserId":"a\\nb"} | 10004 | UserId is
          report_timeline | {"GroupId":"live","Timestamp":1} | 10004 | GroupId is live, an AVChatRoom
          class_state | {} | 10004 | GroupId is absent
          class_state | {"GroupId":"none"} | 10010 | GroupId is none
          class_state | {"GroupId":"课"} | 10015 | GroupId is
          register_video | {"GroupId":"wrong"} | 10004 | UserId is absent; allowed: a user
          register_video | {"GroupId":"wrong","UserId":"u","Kind":"tv"} | 10004 | Kind is "tv"; allowed: camera, screen, film
          register_video | {"GroupId":"wrong","UserId":"u","VideoUrl":"http://a/b"} | 10004 | StartTime is absent; allowed: Unix milliseconds
          register_video | {"GroupId":"wrong","UserId":"u","VideoUrl":"http://a/b","StartTime":1545047010} | 10004 | StartTime is 1545047010; allowed: Unix milliseconds, more than 100000000000
          register_video | {"GroupId":"wrong","UserId":"u","StartTime":1545047010000} | 10004 | VideoUrl is absent
          register_video | {"GroupId":"wrong","UserId":"u","StartTime":1545047010000,"VideoUrl":"file:///etc/passwd"} | 10004 | VideoUrl is "file:///etc/passwd"; allowed: an address that begins with http:// or https://
          register_video | {"GroupId":"wrong","UserId":"u","StartTime":1545047010000,"VideoUrl":"upload:00000000000000000000000000000000"} | 10004 | VideoUrl is
          register_video | {"GroupId":"wrong","UserId":"u","StartTime":1545047010000,"VideoUrl":"http://a b/"} | 10004 | VideoUrl is
          register_video | {"GroupId":"wrong","UserId":"u","StartTime":1545047010000,"VideoUrl":"http://a/","Duration":0} | 10004 | Duration is 0
          register_video | {"GroupId":"wrong","UserId":"u","StartTime":1545047010000,"VideoUrl":"http://a/","VideoId":5} | 10004 | VideoId is 5
          register_video | {"GroupId":"live","UserId":"u","StartTime":1545047010000,"VideoUrl":"http://a/"} | 10004 | AVChatRoom
          open_record_svc | {} | 60002 | The command is open_record_svc; allowed: report_timeline
          """)
  void wrongInput(String command, String body, int code, String info) throws Exception {
    JsonNode answer = desk.call(command, body);
    assertCode(code, answer);
    assertThat(answer.path("ErrorInfo").stringValue()).contains(info);
    assertThat(desk.messages("wrong")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          event_type | `"100"` | 10004 | event_type is "100"; allowed: whole numbers
          start_time | `"soon"` | 10004 | start_time is "soon"; allowed: numbers from 0
          start_time | -5 | 10004 | start_time is -5
          start_time | 1e400 | 10004 | start_time is
          start_time | 1e-400000000 | 10004 | start_time is
          start_time | null | 10004 | start_time is null; allowed: Unix seconds
          duration | {} | 10004 | duration is {}
          file_id | 5 | 10004 | file_id is 5
          video_url | null | 10004 | video_url is null
          video_url | `"ftp://a/b"` | 10004 | video_url is "ftp://a/b"
          stream_id | `"1400000002_nowhere_u_main"` | 10010 | stream_id is "1400000002_nowhere_u_main"; allowed: {sdkappid}_{room}_{user}_main
          stream_id | 7 | 10004 | stream_id is 7
          stream_param | [] | 10004 | stream_param is []
          """)
  void wrongCallbacks(String field, String value, int code, String info) throws Exception {
    String body = ClassTestServer.ready("1400000002_wrong_u_main", START, "f").toString();
    body = body.replaceFirst("\"" + field + "\":(\"[^\"]*\"|[^,}]*)", "");
    body = "{\"" + field + "\":" + value + "," + body.substring(1).replace(",,", ",");
    body = body.replace(",}", "}").replace(",,", ",");
    JsonNode answer = desk.call("video_callback", "sdkappid=1400000002", body);
    assertCode(code, answer);
    assertThat(answer.path("code").asInt(-1)).isEqualTo(code);
    assertThat(answer.path("ErrorInfo").stringValue()).contains(info);
    assertState("wrong", 0, 0, true);
  }

  private static void assertState(String group, int starts, int ends, boolean complete)
      throws Exception {
    JsonNode state = desk.call("class_state", "{\"GroupId\":\"%s\"}".formatted(group));
    assertThat(state.toString())
        .startsWith(
            "{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0,\"GroupId\":\"%s\",\"Starts\":%d,\"Ends\":%d,\"Complete\":%s,\"Videos\":["
                .formatted(group, starts, ends, complete));
  }

  private static void assertTaken(ObjectNode callback) throws Exception {
    assertThat(desk.call("video_callback", "", callback.toString()).toString())
        .isEqualTo("{\"code\":0}");
  }

  private static void assertRefused(int code, ObjectNode callback, String info) throws Exception {
    JsonNode answer = desk.call("video_callback", "", callback.toString());
    assertCode(code, answer);
    assertThat(answer.path("ErrorInfo").stringValue()).contains(info);
  }

  static void assertCode(int code, JsonNode answer) {
    assertThat(answer.path("ErrorCode").asInt(-1)).as(answer.toString()).isEqualTo(code);
    assertThat(answer.path("ActionStatus").stringValue()).isEqualTo(code == 0 ? "OK" : "FAIL");
  }
}
