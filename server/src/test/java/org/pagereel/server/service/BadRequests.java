package org.pagereel.server.service;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Requests as nobody should make them, each as its bytes on the wire; the same seed, the same. */
final class BadRequests {
  private static final List<String> METHODS =
      List.of("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS");
  private static final List<String> ODD_METHODS =
      List.of("TRACE", "CONNECT", "PROPFIND", "get", "G\tT", "X".repeat(300), "P\u00fcT", "");
  private static final List<String> VERSIONS =
      List.of("HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1x", "HTP/1.1", "");

  /** Paths of every face; APP and SDK are replaced by known and unknown apps. */
  private static final List<String> PATHS =
      List.of(
          "/edu/apps/APP/v2/rooms/r",
          "/cn/edu/apps/APP/v2/rooms/r",
          "/xx/edu/apps/APP/v2/rooms/r",
          "/edu/apps/APP/v2/rooms/%00",
          "/edu/apps/APP/v2/rooms/r/states/1",
          "/edu/apps/APP/v2/rooms/r/states/99999999999",
          "/edu/apps/APP/v2/rooms/r/sequences",
          "/edu/apps/APP/v2/rooms/r/records",
          "/edu/apps/APP/v2/rooms/r/records/ready",
          "/edu/apps/APP/v2/rooms/r/records/states/1",
          "/edu/apps/APP/v2/rooms/r/records/states/0",
          "/eu/edu/polling/apps/APP/v2/rooms/sequences",
          "/",
          "/v4/group_open_http_svc/create_group",
          "/v4/group_open_http_svc/send_group_msg",
          "/v4/group_open_http_svc/group_msg_get_simple",
          "/v4/group_open_http_svc/destroy_group",
          "/v4/group_open_http_svc/import_group",
          "/v4/class_record_svc/time_line",
          "/v4/class_record_svc/video_callback",
          "/v4/class_record_svc/class_state",
          "/v4/class_record_svc/register_video",
          "/v4/class_record_svc/upload_video",
          "/v4/class_record_svc/",
          "/demo-room/r/messages",
          "/demo-room/%2e%2e/messages",
          "/demo-room/r/board",
          "/recordings/abc/page.mp4",
          "/recordings/abc/page.m3u8",
          "/recordings/../links.key",
          "/recordings/%2e%2e%2flinks.key/x",
          "/recordings/abc/..%2f..%2flinks.key",
          "/record-page/room/",
          "/record-page/room",
          "/record-page/../../pom.xml",
          "/record-page/%2e%2e/%2e%2e/pom.xml",
          "/record-page/%00",
          "/record-page/" + "a".repeat(400),
          "/health",
          "/metrics",
          "/favicon.ico",
          "//",
          "/;x=1",
          "/%",
          "/%zz",
          "/%ff%fe",
          "/%c0%ae%c0%ae/",
          "*",
          "http://elsewhere.example.com/",
          "no-slash",
          "/\u4e2d\u6587");

  /** Of every face, so that names meet values that are not theirs. */
  private static final List<String> NAMES =
      List.of(
          "mode",
          "webRecordConfig",
          "rootUrl",
          "url",
          "onhold",
          "videoFps",
          "videoWidth",
          "videoHeight",
          "maxRecordingHour",
          "retryTimeout",
          "roomName",
          "roomType",
          "roomProperties",
          "roleConfig",
          "schedule",
          "duration",
          "closeDelay",
          "SdkAppId",
          "RoomId",
          "RecordUserId",
          "RecordUserSig",
          "GroupId",
          "TaskId",
          "Callback",
          "CallbackKey",
          "Concat",
          "Image",
          "MixStream",
          "MIX_STREAM",
          "Extras",
          "Whiteboard",
          "Width",
          "InitParam",
          "Enabled",
          "Custom",
          "Type",
          "Name",
          "Random",
          "MsgBody",
          "MsgType",
          "MsgContent",
          "Data",
          "ReqMsgNumber",
          "ReqMsgSeq",
          "From_Account",
          "OnlineOnlyFlag",
          "CloudCustomData",
          "event_type",
          "stream_id",
          "stream_param",
          "video_url",
          "video_id",
          "start_time",
          "end_time",
          "file_size",
          "sign",
          "t",
          "timestamp",
          "time_line",
          "uid",
          "value",
          "groupid",
          "userid",
          "state",
          "from",
          "to",
          "type",
          "number",
          "is",
          "");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "\"true\"",
          "0",
          "1",
          "-1",
          "1e400",
          "-0.0",
          "1.5",
          "9".repeat(400),
          "1400000001",
          "\"1400000001\"",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"r\"",
          "\"web\"",
          "\"Public\"",
          "\"AVChatRoom\"",
          "\"TIMCustomElem\"",
          "\"http://[::\"",
          "\"http://127.0.0.1:9/?a=b#c\"",
          "\"file:///etc/passwd\"",
          "\"//169.254.169.254/\"",
          "\"javascript:1\"",
          "\"tic_record_user_1_1\"",
          "\"../../x\"",
          "\"%s%n%x\"",
          "\"'; DROP TABLE rooms; --\"",
          "\"{\\\"type\\\":1003}\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "\"" + "\u00e9".repeat(5_000) + "\"",
          "\"" + "x".repeat(70_000) + "\"");

  private static final List<String> ACTIONS =
      List.of(
          "StartOnlineRecord",
          "PauseOnlineRecord",
          "ResumeOnlineRecord",
          "StopOnlineRecord",
          "DescribeOnlineRecord",
          "SetOnlineRecordCallback",
          "SetOnlineRecordCallbackKey",
          "DescribeOnlineRecordCallback",
          "CreateOfflineRecord",
          "DescribeOfflineRecord",
          "SetOfflineRecordCallback",
          "DescribeOfflineRecordCallback",
          "Nothing",
          "");

  private static final List<String> HEADERS =
      List.of(
          "Range: bytes=9-1",
          "Range: bytes=-",
          "Range: bytes=999999999999999999999-",
          "If-None-Match: \"",
          "If-Modified-Since: yesterday",
          "Expect: 200-never",
          "Content-Encoding: gzip",
          "Content-Type: application/json; charset=no-such-charset",
          "Content-Type: application/json; charset=UTF-16",
          "Content-Type: multipart/form-data",
          "Content-Type: multipart/form-data; boundary=",
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Type: ;;;",
          "Accept: ,,;q=x",
          "Accept-Encoding: *;q=7",
          "Origin: null",
          "Origin: http://[",
          "Access-Control-Request-Method: NOTHING",
          "Cookie: \u0001=\u0002",
          "X-Forwarded-For: ,,,",
          "x-agora-token: -",
          "x-agora-uid: \u00e9",
          "Authorization: agora token=",
          "Authorization: agora token=\"" + "A".repeat(3_000) + "\"",
          "Authorization: TC3-HMAC-SHA256 Credential=/, SignedHeaders=, Signature=",
          "Authorization: Basic !!!",
          "X-TC-Timestamp: tomorrow",
          "X-TC-Timestamp: 99999999999999999999",
          "X-TC-Version: 1",
          "X-TC-Action: \u4e2d",
          "Upgrade: websocket",
          "Upgrade: h2c",
          "Bad Name: x",
          ": nameless",
          "no colon at all",
          "X-Long: " + "y".repeat(70_000),
          " folded: x");

  private final Random random;
  private final String app;

  BadRequests(long seed, String app) {
    this.random = new Random(seed);
    this.app = app;
  }

  /** The next one. What it announces to send it also sends, or it announces less. */
  byte[] next() {
    byte[] body = body();
    StringBuilder head = new StringBuilder();
    head.append(rarely(15) ? one(ODD_METHODS) : one(METHODS)).append(' ');
    head.append(target()).append(' ');
    head.append(rarely(25) ? one(VERSIONS) : "HTTP/1.1").append("\r\n");
    if (!rarely(20)) {
      head.append("Host: ").append(rarely(20) ? one(VALUES) : "localhost").append("\r\n");
    }
    // Mostly few, so that most requests come as far as their face.
    for (int more = random.nextInt(6) - 3; more > 0; more--) {
      head.append(one(HEADERS)).append("\r\n");
    }
    if (rarely(100)) {
      head.append("X: y\r\n".repeat(3_000));
    }
    head.append("X-TC-Action: ").append(one(ACTIONS)).append("\r\n");
    head.append("X-TC-Version: 2019-09-19\r\nConnection: close\r\n");
    switch (random.nextInt(40)) {
      case 0 -> head.append("Transfer-Encoding: chunked\r\n");
      case 1 -> head.append("Transfer-Encoding: gzip, nothing\r\n");
      case 2 -> head.append("Content-Length: -1\r\n");
      case 3 -> head.append("Content-Length: 1\r\nContent-Length: 2\r\n");
      case 4 -> head.append("Content-Length: 99999999999999999999\r\n");
      default -> head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private String target() {
    StringBuilder target =
        new StringBuilder(one(PATHS).replace("APP", rarely(10) ? "unknown" : app));
    if (rarely(10)) {
      target.append('/').append(one(List.of("..", "%2e%2e", "", "x", "%00", ";", "\u00e9")));
    }
    if (random.nextInt(3) > 0) {
      target.append("?sdkappid=1400000001&identifier=admin&contenttype=json");
    }
    for (int more = random.nextInt(4); more > 0; more--) {
      target.append(target.indexOf("?") < 0 ? '?' : '&').append(parameter());
    }
    return target.toString();
  }

  private String parameter() {
    String name = one(List.of("nextId", "cmd", "e", "s", "usersig", "groupid", "Action", "after"));
    List<String> values =
        List.of("", "-1", "x", "%", "%zz", "%ff", "%00", "1e9", "9".repeat(30), "a=b=c", "#", "+");
    return rarely(6) ? one(values) : name + "=" + one(values);
  }

  private byte[] body() {
    return switch (random.nextInt(14)) {
      case 0 -> new byte[0];
      case 1 -> random(random.nextInt(2_000));
      case 2 -> utf8("{\"a\":".repeat(5_000));
      case 3 -> utf8("[".repeat(20_000) + "]".repeat(20_000));
      case 4 -> utf8("{\"MsgBody\":" + "[{\"x\":".repeat(90) + "1" + "}]".repeat(90) + "}");
      case 5 -> utf8("x".repeat(300_000));
      case 6 -> utf8("\ufeff" + object(0));
      case 7 -> utf8(object(0).replaceFirst(".$", ""));
      case 8 -> object(0).getBytes(StandardCharsets.UTF_16);
      case 9 -> utf8("RoomId=1&Extras.0=x&Extras.x=y&MixStream.Enabled=true&%=%&=&a.b.c.d.e=1");
      default -> utf8(object(0));
    };
  }

  private String object(int depth) {
    StringBuilder object = new StringBuilder("{");
    if (depth == 0 && random.nextBoolean()) {
      object.append("\"SdkAppId\":1400000001");
    }
    for (int fields = random.nextInt(6); fields > 0; fields--) {
      object.append(object.length() > 1 ? "," : "");
      object.append('"').append(one(NAMES)).append("\":").append(value(depth));
    }
    return object.append('}').toString();
  }

  private String value(int depth) {
    if (depth < 4 && random.nextInt(3) == 0) {
      String inner = object(depth + 1);
      return random.nextBoolean() ? inner : "[" + inner + "]";
    }
    return one(VALUES);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private boolean rarely(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String one(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
