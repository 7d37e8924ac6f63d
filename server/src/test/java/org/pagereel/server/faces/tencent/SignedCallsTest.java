package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.tiw.v20190919.TiwClient;
import com.tencentcloudapi.tiw.v20190919.models.Concat;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordCallbackRequest;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.DescribeOnlineRecordResponse;
import com.tencentcloudapi.tiw.v20190919.models.MixStream;
import com.tencentcloudapi.tiw.v20190919.models.RecordControl;
import com.tencentcloudapi.tiw.v20190919.models.SetOnlineRecordCallbackKeyRequest;
import com.tencentcloudapi.tiw.v20190919.models.SetOnlineRecordCallbackRequest;
import com.tencentcloudapi.tiw.v20190919.models.StartOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.StopOnlineRecordRequest;
import com.tencentcloudapi.tiw.v20190919.models.StreamControl;
import com.tencentcloudapi.tiw.v20190919.models.Whiteboard;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.Recording;
import tools.jackson.databind.JsonNode;

/** The vendor's own client against the wire, in every form it signs in, right and wrong. */
class SignedCallsTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path folder;
  private static TencentTestServer desk;

  @BeforeAll
  static void open() throws Exception {
    desk = new TencentTestServer(folder);
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TC3-HMAC-SHA256, POST, false",
    "TC3-HMAC-SHA256, POST, true",
    "TC3-HMAC-SHA256, GET, false",
    "HmacSHA1, GET, false",
    "HmacSHA1, POST, false",
    "HmacSHA256, GET, false",
    "HmacSHA256, POST, false"
  })
  void everyForm(String sign, String method, boolean unsignedPayload) throws Exception {
    ClientProfile profile = TencentTestServer.profile(desk.port(), sign, method);
    profile.setUnsignedPayload(unsignedPayload);
    TiwClient client =
        TencentTestServer.client(desk.port(), profile, TencentTestServer.ID, TencentTestServer.KEY);
    String user = "课+ &=" + sign + method + unsignedPayload;
    StartOnlineRecordRequest request =
        TencentTestServer.start(TencentTestServer.APP, user.replace("TC3-HMAC-SHA256", "TC3"));
    request.setGroupId("g");
    request.setExtras(new String[] {"MIX_STREAM"});
    request.setAudioFileNeeded(true);
    request.setAutoStopTimeout(600L);
    Concat concat = new Concat();
    concat.setEnabled(true);
    request.setConcat(concat);
    Whiteboard board = new Whiteboard();
    board.setWidth(1024L);
    board.setHeight(768L);
    board.setInitParam("{\"ratio\":\"4:3\"}");
    request.setWhiteboard(board);
    MixStream mix = new MixStream();
    mix.setEnabled(true);
    mix.setModelId(2L);
    request.setMixStream(mix);
    RecordControl control = new RecordControl();
    control.setEnabled(true);
    StreamControl stream = new StreamControl();
    stream.setStreamId("student");
    stream.setDisableAudio(true);
    control.setStreamControls(new StreamControl[] {stream});
    request.setRecordControl(control);

    String task = client.StartOnlineRecord(request).getTaskId();
    assertThat(task).matches("[0-9a-v]{20}");
    Recording recording = desk.find(task);
    assertThat(recording.subject()).isEqualTo(request.getRecordUserId());
    assertThat(recording.spec().page().size().width()).isEqualTo(1024);
    assertThat(recording.spec().page().ready().text()).isEqualTo("load");
    assertThat(recording.spec().page().url())
        .startsWith("http://127.0.0.1:9/room.html?a=b&sdkAppId=1400000001&roomId=1203&groupId=g")
        .contains("&userId=tic_record_user_1203_%E8%AF%BE%2B%20%26%3D")
        .contains("&userSig=usersig&trtcRoomId=1203&width=1024&height=768")
        .endsWith("&initParam=%7B%22ratio%22%3A%224%3A3%22%7D");
    StreamsPlan plan = recording.spec().streams();
    assertThat(plan).isNotNull();
    assertThat(plan.idleStopSeconds()).isEqualTo(600);
    assertThat(plan.ruleFor("student1").sound()).isFalse();
    assertThat(plan.ruleFor("teacher").sound()).isTrue();

    DescribeOnlineRecordRequest describe = new DescribeOnlineRecordRequest();
    describe.setSdkAppId(TencentTestServer.APP);
    describe.setTaskId(task);
    DescribeOnlineRecordResponse described = client.DescribeOnlineRecord(describe);
    assertThat(described.getStatus()).isEqualTo("PREPARED");
    assertThat(described.getGroupId()).isEqualTo("g");
    assertThat(described.getRoomId()).isEqualTo(1203);
    assertThat(described.getRecordUserId()).isEqualTo(request.getRecordUserId());
    assertThat(described.getFinishReason()).isEmpty();
    assertThat(described.getVideoInfos()).isEmpty();

    StopOnlineRecordRequest stop = new StopOnlineRecordRequest();
    stop.setSdkAppId(TencentTestServer.APP);
    stop.setTaskId(task);
    assertThat(client.StopOnlineRecord(stop).getRequestId()).hasSize(36);

    TiwClient forger =
        TencentTestServer.client(
            desk.port(), profile, TencentTestServer.ID, TencentTestServer.KEY + "1");
    assertCode("AuthFailure.SignatureFailure", () -> forger.DescribeOnlineRecord(describe));
    TiwClient nobody =
        TencentTestServer.client(desk.port(), profile, "AKIDNOBODY", TencentTestServer.KEY);
    assertCode("AuthFailure.SecretIdNotFound", () -> nobody.DescribeOnlineRecord(describe));
    desk.jdbi().useTransaction(handle -> handle.execute("DELETE FROM recordings"));
  }

  @Test
  void appsThatAreNone() {
    assertCode(
        "UnauthorizedOperation.SdkAppId",
        () -> desk.client().StartOnlineRecord(TencentTestServer.start(1400000009L, "1")));
    assertCode(
        "UnauthorizedOperation.SdkAppId",
        () -> desk.client().StartOnlineRecord(TencentTestServer.start(77L, "1")));
    assertCode(
        "InvalidParameter.SdkAppIdNotFound",
        () -> desk.client().StartOnlineRecord(TencentTestServer.start(0L, "1")));
    StartOnlineRecordRequest without = TencentTestServer.start(1L, "1");
    without.setSdkAppId(null);
    assertCode("InvalidParameter.SdkAppIdNotFound", () -> desk.client().StartOnlineRecord(without));
    assertCode(
        "InvalidParameter.RecordParameter",
        () -> desk.client().StartOnlineRecord(TencentTestServer.start(1400000003L, "1")));
  }

  @Test
  void theUserSigIsCheckedWhereThereIsAKey() throws Exception {
    long app = 1400000002L;
    StartOnlineRecordRequest request = TencentTestServer.start(app, "1");
    String user = request.getRecordUserId();
    String[] wrong = {
      "usersig",
      UserSigTest.of(TencentTestServer.APP, user, Instant.now(), 3600),
      UserSigTest.of(app, user + "1", Instant.now(), 3600),
      UserSigTest.of(app, user, Instant.now().minusSeconds(3601), 3600)
    };
    for (String sig : wrong) {
      request.setRecordUserSig(sig);
      assertCode(
          "InvalidParameter.RecordParameter", () -> desk.client().StartOnlineRecord(request));
    }
    request.setRecordUserSig(UserSigTest.of(app, user, Instant.now(), 3600));
    String task = desk.client().StartOnlineRecord(request).getTaskId();
    assertThat(desk.find(task).spec().page().url())
        .startsWith(base() + "/record-page/room/record.html?sdkAppId=1400000002&roomId=1203");
    assertThat(desk.find(task).spec().page().ready().text()).isEqualTo("notify");
    desk.jdbi().useTransaction(handle -> handle.execute("DELETE FROM recordings"));
  }

  @Test
  void callbacksAreKept() throws Exception {
    TiwClient client = desk.client();
    assertCallback("", "");
    SetOnlineRecordCallbackRequest url = new SetOnlineRecordCallbackRequest();
    url.setSdkAppId(TencentTestServer.APP);
    SetOnlineRecordCallbackKeyRequest key = new SetOnlineRecordCallbackKeyRequest();
    key.setSdkAppId(TencentTestServer.APP);
    assertCode("MissingParameter", () -> client.SetOnlineRecordCallback(url));
    for (String wrong :
        new String[] {"ftp://a", "example.com", "http://", "http://a b/", "https:/"}) {
      url.setCallback(wrong);
      assertCode(
          "InvalidParameter.CallbackAddressFormatError", () -> client.SetOnlineRecordCallback(url));
    }
    key.setCallbackKey("6vg9G7Fd");
    client.SetOnlineRecordCallbackKey(key);
    url.setCallback("https://example.com/online/callback?a=b");
    client.SetOnlineRecordCallback(url);
    assertCallback("https://example.com/online/callback?a=b", "6vg9G7Fd");
    key.setCallbackKey("k".repeat(64));
    client.SetOnlineRecordCallbackKey(key);
    key.setCallbackKey("k".repeat(65));
    assertCode("InvalidParameter", () -> client.SetOnlineRecordCallbackKey(key));
    assertCallback("https://example.com/online/callback?a=b", "k".repeat(64));
    url.setCallback("");
    client.SetOnlineRecordCallback(url);
    key.setCallbackKey("");
    client.SetOnlineRecordCallbackKey(key);
    assertCallback("", "");
  }

  @Test
  void whatOnlyTheCommonClientSends() throws Exception {
    String[][] calls = {
      {"2019-09-20", "StartOnlineRecord", "{}", "NoSuchVersion"},
      {"2019-09-19", "Dance", "{}", "InvalidAction"},
      {"2019-09-19", "CreateVideoGenerationTask", "{}", "InvalidAction"},
      {"2019-09-19", "CreateOfflineRecord", "{}", "InvalidParameter.SdkAppIdNotFound"},
      {"2019-09-19", "StartOnlineRecord", "{}", "InvalidParameter.SdkAppIdNotFound"},
      {"2019-09-19", "StartOnlineRecord", "{\"SdkAppId\":1400000001}", "MissingParameter"},
      {
        "2019-09-19",
        "StopOnlineRecord",
        "{\"SdkAppId\":1400000001,\"TaskId\":[]}",
        "InvalidParameter.BodyParameterTypeUnmatched"
      },
      {
        "2019-09-19",
        "StartOnlineRecord",
        "{\"SdkAppId\":1400000001,\"RoomId\":1,\"RecordUserId\":\"tic_record_user_1_1\","
            + "\"RecordUserSig\":\"s\",\"Extras\":[\"X\"]}",
        "InvalidParameter.InvalidExtra"
      },
    };
    ClientProfile profile =
        TencentTestServer.profile(desk.port(), ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST);
    for (String[] call : calls) {
      CommonClient client =
          new CommonClient(
              "tiw",
              call[0],
              new Credential(TencentTestServer.ID, TencentTestServer.KEY),
              "ap-guangzhou",
              profile);
      assertCode(call[3], () -> client.call(call[1], call[2]));
    }
  }

  /** Jetty remembers a connection's headers, and has mixed up upper and lower case over it. */
  @Test
  void aClockThatIsWrong() throws Exception {
    assertThat(code(post("{}", "TC3-HMAC-SHA256 Credential=a")))
        .isEqualTo("AuthFailure.SignatureFailure");
    for (int off : new int[] {-310, -290, 290, 310}) {
      String timestamp = String.valueOf(Instant.now().getEpochSecond() + off);
      String day = Instant.ofEpochSecond(Long.parseLong(timestamp)).toString().substring(0, 10);
      String body = "{\"SdkAppId\":1400000001,\"TaskId\":\"x\"}";
      Map<String, String> headers =
          Map.of("content-type", "application/json", "host", "127.0.0.1:" + desk.port());
      Tc3 signature =
          new Tc3(
              new WireRequest("POST", "", headers, body.getBytes(StandardCharsets.UTF_8)),
              TencentTestServer.ID,
              day,
              "tiw",
              "content-type;host",
              "",
              timestamp);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base() + "/"))
              .header("Content-Type", "application/json")
              .header("X-TC-Action", "DescribeOnlineRecord")
              .header("X-TC-Version", "2019-09-19")
              .header("X-TC-Timestamp", timestamp)
              .header(
                  "Authorization",
                  "TC3-HMAC-SHA256 Credential=%s/%s/tiw/tc3_request, SignedHeaders=content-type;host, Signature=%s"
                      .formatted(
                          TencentTestServer.ID, day, signature.expected(TencentTestServer.KEY)))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      assertThat(code(request))
          .isEqualTo(
              Math.abs(off) > 300
                  ? "AuthFailure.SignatureExpire"
                  : "InvalidParameter.TaskNotFound");
    }
  }

  /** What no client of the vendor's would send: still HTTP 200, and a code. */
  @Test
  void requestsThatAreNone() throws Exception {
    String signed = "TC3-HMAC-SHA256 Credential=a";
    assertThat(code(post("{}", null))).isEqualTo("AuthFailure");
    assertThat(code(post("{}", "SKIP"))).isEqualTo("AuthFailure");
    assertThat(code(post("{}", signed))).isEqualTo("AuthFailure.SignatureFailure");
    assertThat(code(post("x".repeat(300_000), null))).isEqualTo("RequestSizeLimitExceeded");
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create(base() + "/"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[300_000])))
            .build();
    assertThat(code(chunked)).isEqualTo("RequestSizeLimitExceeded");
    HttpRequest.Builder get = HttpRequest.newBuilder(URI.create(base() + "/"));
    assertThat(code(get.build())).isEqualTo("AuthFailure");
    assertThat(code(HttpRequest.newBuilder(URI.create(base() + "/?Signature=x")).build()))
        .isEqualTo("MissingParameter");
    assertThat(code(HttpRequest.newBuilder(URI.create(base() + "/?a=b&a=c")).build()))
        .isEqualTo("InvalidParameter");
    HttpRequest form =
        HttpRequest.newBuilder(URI.create(base() + "/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("a=%zz"))
            .build();
    assertThat(code(form)).isEqualTo("InvalidParameter");
  }

  /** Bodies that only somebody without a signature can get so far; the settings allow it here. */
  @Test
  void bodiesThatAreNone(@TempDir Path other) throws Exception {
    try (TencentTestServer open =
        new TencentTestServer(other, TencentTestServer.SETTINGS + "authentication: false\n")) {
      String base = "http://127.0.0.1:" + open.port();
      String[][] bodies = {
        {"{", "InvalidParameter"},
        {"[]", "InvalidParameter"},
        {"null", "InvalidParameter"},
        {"\"a\"", "InvalidParameter"},
        {"[".repeat(100_000), "InvalidParameter"},
        {"", "InvalidParameter.SdkAppIdNotFound"},
        {"{}", "InvalidParameter.SdkAppIdNotFound"},
        {"{\"SdkAppId\":\"1400000001\"}", "InvalidParameter.BodyParameterTypeUnmatched"},
        {"{\"SdkAppId\":{}}", "InvalidParameter.BodyParameterTypeUnmatched"},
        {"{\"SdkAppId\":1400000009}", "MissingParameter"},
        {"{\"SdkAppId\":1400000001,\"TaskId\":7}", "InvalidParameter.BodyParameterTypeUnmatched"},
        {"{\"SdkAppId\":1400000001,\"TaskId\":\"x\",\"Y\":1}", "UnknownParameter"},
        {"{\"SdkAppId\":1400000001,\"TaskId\":\"x'; --\"}", "InvalidParameter.TaskNotFound"},
      };
      for (String[] body : bodies) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(base + "/"))
                .header("X-TC-Action", "DescribeOnlineRecord")
                .header("X-TC-Version", "2019-09-19")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body[0]))
                .build();
        assertThat(code(request)).as(body[0]).isEqualTo(body[1]);
      }
      String query = "/?Action=Dance&Version=2019-09-19&SdkAppId=1400000001";
      assertThat(code(HttpRequest.newBuilder(URI.create(base + query)).build()))
          .isEqualTo("InvalidAction");
    }
  }

  private static String base() {
    return "http://127.0.0.1:" + desk.port();
  }

  private static HttpRequest post(String body, @Nullable String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + "/"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return (authorization == null ? request : request.header("Authorization", authorization))
        .build();
  }

  private static String code(HttpRequest request) throws Exception {
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode answer = Json.LINES.readTree(response.body()).path("Response");
    assertThat(answer.path("RequestId").asString("")).hasSize(36);
    assertThat(answer.path("Error").path("Message").asString("")).isNotBlank();
    return answer.path("Error").path("Code").asString("");
  }

  private static void assertCallback(String url, String key) throws Exception {
    DescribeOnlineRecordCallbackRequest describe = new DescribeOnlineRecordCallbackRequest();
    describe.setSdkAppId(TencentTestServer.APP);
    var described = desk.client().DescribeOnlineRecordCallback(describe);
    assertThat(described.getCallback()).isEqualTo(url);
    assertThat(described.getCallbackKey()).isEqualTo(key);
  }

  /** What the vendor's client throws, with its code. */
  interface Calls {
    Object call() throws Exception;
  }

  static void assertCode(String code, Calls calls) {
    TencentCloudSDKException thrown =
        catchThrowableOfType(TencentCloudSDKException.class, calls::call);
    assertThat(thrown).as(code).isNotNull();
    assertThat(thrown.getErrorCode()).as(thrown.getMessage()).isEqualTo(code);
    assertThat(thrown.getRequestId()).hasSize(36);
    assertThat(thrown.getMessage()).isNotBlank();
  }
}
