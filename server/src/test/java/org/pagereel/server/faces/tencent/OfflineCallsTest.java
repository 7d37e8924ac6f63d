package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.pagereel.server.faces.tencent.SignedCallsTest.assertCode;

import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.tiw.v20190919.models.SetOnlineRecordCallbackRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.ReplayRequest.Mix;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.replay.ReplayTask;
import tools.jackson.databind.JsonNode;

/** What after-class actions understand, and what they refuse and how. */
class OfflineCallsTest {
  @TempDir Path folder;
  private TencentTestServer desk;
  private CommonClient client;

  @BeforeEach
  void open() throws Exception {
    desk = new TencentTestServer(folder);
    client = client(ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private CommonClient client(String sign, String method) {
    return new CommonClient(
        "tiw",
        "2019-09-19",
        new Credential(TencentTestServer.ID, TencentTestServer.KEY),
        "ap-guangzhou",
        TencentTestServer.profile(desk.port(), sign, method));
  }

  @Test
  void whatIsAskedFor() throws Exception {
    assertThat(requested("")).isEqualTo(new ReplayRequest(null, null, null, null, null, null));
    assertThat(requested(",'MixStream':{'Enabled':false,'Custom':7},'Whiteboard':{}"))
        .isEqualTo(new ReplayRequest(null, null, null, null, null, null));
    assertThat(requested(",'MixStream':{'Enabled':true}"))
        .isEqualTo(request(null, null, null, new Mix(1920, 1080, null, true)));
    assertThat(requested(",'MixStream':{'Enabled':true,'ModelId':1,'TeacherId':''}"))
        .isEqualTo(request(null, null, null, new Mix(1920, 1080, null, true)));
    assertThat(
            requested(
                ",'mix_stream':{'enabled':true,'disable_audio':true,'model_id':2,'teacher_id':'老师'}"))
        .isEqualTo(request(null, null, null, new Mix(1920, 1080, "老师", false)));
    assertThat(requested(",'Whiteboard':{'Width':1999,'Height':2,'InitParam':''}"))
        .isEqualTo(request(1998, 2, null, null));
    assertThat(requested(",'Whiteboard':{'Width':3000,'Height':3,'InitParam':'{}'}"))
        .isEqualTo(request(3000, 2, null, null));
    assertThat(requested(",'Whiteboard':{'InitParam':'{\\\"ratio\\\":\\\"16:9\\\"}'}"))
        .isEqualTo(request(null, null, 16.0 / 9, null));
    assertThat(
            requested(
                ",'Whiteboard':{'InitParam':'{\\\"smoothLevel\\\":0.1,\\\"ratio\\\":\\\"1:2.5\\\"}'}"))
        .isEqualTo(request(null, null, 0.4, null));
  }

  @Test
  void everyWayToAskForOneVideo() throws Exception {
    for (String way :
        List.of(
            ",'MIX_STREAM':true",
            ",'mix_stream':true",
            ",'Extras':['MIX_STREAM']",
            ",'Extras':['mix_stream'],'MixStream':{}",
            ",'Extras':['MIX_STREAM'],'MIX_STREAM':true")) {
      assertThat(requested(way).mix()).as(way).isEqualTo(new Mix(1920, 1080, null, true));
    }
    assertThat(requested(",'Extras':['MIX_STREAM'],'MixStream':{'TeacherId':'t'}").mix())
        .isEqualTo(new Mix(1920, 1080, "t", true));
    for (String way :
        List.of(
            ",'MIX_STREAM':false",
            ",'Extras':[]",
            ",'Extras':['MIX_STREAM'],'MIX_STREAM':false",
            ",'Extras':['MIX_STREAM'],'MixStream':{'Enabled':false}")) {
      assertThat(requested(way).mix()).as(way).isNull();
    }
  }

  private static ReplayRequest request(
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Double ratio,
      @Nullable Mix mix) {
    return new ReplayRequest(width, height, ratio, mix, null, null);
  }

  private ReplayRequest requested(String more) throws TencentCloudSDKException {
    String id =
        call("CreateOfflineRecord", "{'SdkAppId':1400000001,'RoomId':1234%s}".formatted(more))
            .path("TaskId")
            .stringValue();
    ReplayTask task = desk.replays.find(id).orElseThrow();
    assertThat(task.subject()).isEqualTo("1234");
    desk.jdbi().useTransaction(handle -> handle.execute("DELETE FROM replay_tasks"));
    return task.request();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "MissingParameter | {'SdkAppId':1400000001} | RoomId",
        "InvalidParameter.SdkAppIdNotFound | {'RoomId':1} | SdkAppId",
        "UnauthorizedOperation.SdkAppId | {'SdkAppId':1400000009,'RoomId':1} | 1400000009",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':'1'} | RoomId",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1.5} | RoomId",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':0} | RoomId",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':4294967296} | RoomId",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1,'GroupId':1} | GroupId",
        "UnknownParameter | {'SdkAppId':1400000001,'RoomId':1,'RecordUserId':'x'} | RecordUserId",
        "UnknownParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'Depth':3}} | Whiteboard.Depth",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':[]} | Whiteboard",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'Width':'9'}} | Whiteboard.Width",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'Width':1}} | Whiteboard.Width",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'Height':3001}} | Whiteboard.Height",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'InitParam':{}}} | Whiteboard.InitParam",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'InitParam':'x'}} | Whiteboard.InitParam",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'InitParam':'[]'}} | Whiteboard.InitParam",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'InitParam':'{\\\"ratio\\\":\\\"16x9\\\"}'}} | 16:9",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'InitParam':'{\\\"ratio\\\":\\\"1:0\\\"}'}} | 16:9",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'InitParam':'{\\\"ratio\\\":\\\"0:0\\\"}'}} | 16:9",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'InitParam':'{\\\"ratio\\\":\\\"101:10\\\"}'}} | 16:9",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'Whiteboard':{'InitParam':'{\\\"ratio\\\":1.5}'}} | 16:9",
        "MissingParameter | {'SdkAppId':1400000001,'RoomId':1,'MixStream':{}} | MixStream.Enabled",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1,'MixStream':'yes'} | MixStream",
        "InvalidParameter.InvalidExtra | {'SdkAppId':1400000001,'RoomId':1,'Extras':['MIX']} | MIX_STREAM",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1,'Extras':'MIX_STREAM'} | Extras",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1,'MixStream':{'Enabled':1}} | MixStream.Enabled",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1,'MixStream':{'Enabled':true,'DisableAudio':'no'}} | DisableAudio",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'MixStream':{'Enabled':true,'ModelId':3}} | MixStream.ModelId",
        "InvalidParameter.BodyParameterTypeUnmatched | {'SdkAppId':1400000001,'RoomId':1,'MixStream':{'Enabled':true,'TeacherId':5}} | TeacherId",
        "InvalidParameter.RecordParameter | {'SdkAppId':1400000001,'RoomId':1,'MixStream':{'Enabled':true,'Custom':{}}} | not supported for after-class recording",
        "UnknownParameter | {'SdkAppId':1400000001,'RoomId':1,'MixStream':{'Enabled':true,'X':5}} | MixStream.X"
      })
  void whatIsRefused(String code, String body, String words) {
    assertCode(code, () -> call("CreateOfflineRecord", body));
    assertThat(catchThrowable(() -> call("CreateOfflineRecord", body))).hasMessageContaining(words);
    int stored =
        desk.jdbi()
            .withHandle(handle ->
                handle.createQuery("SELECT COUNT(*) FROM replay_tasks").mapTo(int.class).one());
    assertThat(stored).isZero();
  }

  /** In the flattened form and with every signature, too. */
  @ParameterizedTest
  @CsvSource({"TC3-HMAC-SHA256, GET", "HmacSHA1, GET", "HmacSHA256, POST"})
  void everyForm(String sign, String method) throws Exception {
    CommonClient other = client(sign, method);
    String body =
        "{\"SdkAppId\":1400000001,\"RoomId\":77,\"MixStream\":{\"Enabled\":true,\"TeacherId\":\"t\"}}";
    JsonNode answer = Json.LINES.readTree(other.call("CreateOfflineRecord", body)).path("Response");
    ReplayTask task = desk.replays.find(answer.path("TaskId").stringValue()).orElseThrow();
    assertThat(task.request().mix()).isEqualTo(new Mix(null, null, "t", null));
    assertThat(task.room()).isEqualTo("77");
  }

  @Test
  void notMoreThanTheQueueTakes() throws Exception {
    for (int room = 1; room <= 5; room++) {
      create(1_400_000_001L, room);
    }
    assertCode("LimitExceeded.TaskConcurrency", () -> create(1_400_000_001L, 6));
    assertThat(catchThrowable(() -> create(1_400_000_001L, 5)))
        .hasMessageContaining("code: 20010, msg: the room 5 has the task ");
  }

  @Test
  void tasksOfOthersAreNotThere() throws Exception {
    String task = create(1_400_000_001L, 1);
    assertThat(create(1_400_000_002L, 1)).as("another app's room").isNotEqualTo(task);
    String describe = "{'SdkAppId':%d,'TaskId':'%s'}";
    assertThat(
            call("DescribeOfflineRecord", describe.formatted(1_400_000_001L, task))
                .path("Status")
                .asString())
        .isEqualTo("QUEUED");
    for (String wrong :
        List.of(
            describe.formatted(1_400_000_002L, task),
            describe.formatted(1_400_000_001L, "00000000000000000000"),
            describe.formatted(1_400_000_001L, ""))) {
      assertCode("InvalidParameter.TaskNotFound", () -> call("DescribeOfflineRecord", wrong));
    }
    assertCode("MissingParameter", () -> call("DescribeOfflineRecord", "{'SdkAppId':1400000001}"));
    assertCode(
        "UnknownParameter",
        () ->
            call(
                "DescribeOfflineRecord",
                "{'SdkAppId':1400000001,'TaskId':'%s','A':1}".formatted(task)));
    // A task is of one kind.
    String described = describe.formatted(1_400_000_001L, task);
    assertCode("InvalidParameter.TaskNotFound", () -> call("DescribeOnlineRecord", described));
    assertCode("InvalidParameter.TaskNotFound", () -> call("StopOnlineRecord", described));
    String online =
        desk.client()
            .StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, "1"))
            .getTaskId();
    String other = describe.formatted(1_400_000_001L, online);
    assertCode("InvalidParameter.TaskNotFound", () -> call("DescribeOfflineRecord", other));
  }

  @Test
  void callbacksAreKept() throws Exception {
    assertCallback("", "");
    SetOnlineRecordCallbackRequest url = new SetOnlineRecordCallbackRequest();
    url.setSdkAppId(TencentTestServer.APP);
    url.setCallback("https://example.com/online");
    desk.client().SetOnlineRecordCallback(url);
    assertCallback("", "");
    for (String wrong : List.of("ftp://a", "example.com", "http://", "http://a b/")) {
      assertCode(
          "InvalidParameter.CallbackAddressFormatError",
          () ->
              call(
                  "SetOfflineRecordCallback",
                  "{'SdkAppId':1400000001,'Callback':'%s'}".formatted(wrong)));
    }
    assertCode(
        "MissingParameter", () -> call("SetOfflineRecordCallback", "{'SdkAppId':1400000001}"));
    assertCode(
        "InvalidParameter.BodyParameterTypeUnmatched",
        () -> call("SetOfflineRecordCallback", "{'SdkAppId':1400000001,'Callback':1}"));
    call(
        "SetOfflineRecordCallback",
        "{'SdkAppId':1400000001,'Callback':'http://example.com/offline?a=b'}");
    call("SetOnlineRecordCallbackKey", "{'SdkAppId':1400000001,'CallbackKey':'6vg9G7Fd'}");
    assertCallback("http://example.com/offline?a=b", "6vg9G7Fd");
    assertThat(
            call("DescribeOnlineRecordCallback", "{'SdkAppId':1400000001}")
                .path("Callback")
                .asString())
        .isEqualTo("https://example.com/online");
    call("SetOfflineRecordCallback", "{'SdkAppId':1400000001,'Callback':''}");
    assertCallback("", "6vg9G7Fd");
    assertCode(
        "UnknownParameter",
        () -> call("DescribeOfflineRecordCallback", "{'SdkAppId':1400000001,'A':1}"));
  }

  private void assertCallback(String url, String key) throws TencentCloudSDKException {
    JsonNode described = call("DescribeOfflineRecordCallback", "{'SdkAppId':1400000001}");
    assertThat(described.propertyNames()).containsExactly("Callback", "CallbackKey", "RequestId");
    assertThat(described.path("Callback").asString()).isEqualTo(url);
    assertThat(described.path("CallbackKey").asString()).isEqualTo(key);
  }

  private String create(long app, int room) throws TencentCloudSDKException {
    return call("CreateOfflineRecord", "{'SdkAppId':%d,'RoomId':%d}".formatted(app, room))
        .path("TaskId")
        .stringValue();
  }

  private JsonNode call(String action, String body) throws TencentCloudSDKException {
    return Json.LINES.readTree(client.call(action, body.replace('\'', '"'))).path("Response");
  }
}
