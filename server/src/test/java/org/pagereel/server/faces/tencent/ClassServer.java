package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.TestPages;
import org.pagereel.server.core.replay.StandInRecorder;
import org.pagereel.server.faces.usersig.NewUserSig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole server, to be ended and started again, whose replays are made by {@link StandInRecorder};
 * the vendor's own client of it; a class that sends messages; and somebody who gets its callbacks.
 */
final class ClassServer implements AutoCloseable {
  static final String CALLBACK_KEY = "6vg9G7Fd";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final WholeServer server;
  private final TestPages receiver = new TestPages();
  private final CommonClient client;
  private long random;

  ClassServer(Path folder) throws Exception {
    this(folder, "network: {allow: [127.0.0.1]}\n"); // where its callbacks go
  }

  /**
   * Makes it.
   *
   * @param more settings, whole lines of YAML; callbacks need network.allow
   */
  ClassServer(Path folder, String more) throws Exception {
    server = new WholeServer(folder, "", more);
    ClientProfile profile =
        TencentTestServer.profile(server.port(), ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST);
    client =
        new CommonClient(
            "tiw",
            "2019-09-19",
            new Credential(TencentTestServer.ID, TencentTestServer.KEY),
            "ap-guangzhou",
            profile);
    receiver.handle(
        "events",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          events.add(Json.LINES.readTree(new String(body, StandardCharsets.UTF_8)));
          TestPages.send(exchange, 200, "application/json", "{\"error_code\":0}");
        });
  }

  /** Starts it in this process. */
  ClassServer open() throws IOException {
    server.openWithStandIn();
    return this;
  }

  /** The same with the real recorder. */
  ClassServer openReal() throws IOException {
    server.open();
    return this;
  }

  void shut() {
    server.shut();
  }

  /** Starts it as a process of its own. */
  ClassServer spawn() throws IOException {
    server.spawnWithStandIn();
    return this;
  }

  /** The same with the real recorder. */
  ClassServer spawnReal() throws IOException {
    server.spawn();
    return this;
  }

  /** {@code kill -9}. */
  void kill() {
    server.kill();
  }

  void setCallback(String key) throws Exception {
    call(
        "SetOfflineRecordCallback",
        "{\"SdkAppId\":1400000001,\"Callback\":\"%s\"}".formatted(callback()));
    call(
        "SetOnlineRecordCallbackKey",
        "{\"SdkAppId\":1400000001,\"CallbackKey\":\"%s\"}".formatted(key));
  }

  String base() {
    return server.base();
  }

  String callback() {
    return receiver.url("events");
  }

  /** What is in the answer's {@code Response}. */
  JsonNode call(String action, String json) throws TencentCloudSDKException {
    return Json.LINES.readTree(client.call(action, json)).path("Response");
  }

  /**
   * Has a class made into videos.
   *
   * @param more fields, with a comma before them
   */
  String create(long room, String more) throws TencentCloudSDKException {
    JsonNode answer =
        call(
            "CreateOfflineRecord",
            "{\"SdkAppId\":1400000001,\"RoomId\":%d%s}".formatted(room, more));
    assertThat(answer.propertyNames()).containsExactly("TaskId", "RequestId");
    String task = answer.path("TaskId").stringValue();
    assertThat(task).matches("[0-9a-v]{20}");
    return task;
  }

  JsonNode describe(String task) throws TencentCloudSDKException {
    return call(
        "DescribeOfflineRecord", "{\"SdkAppId\":1400000001,\"TaskId\":\"%s\"}".formatted(task));
  }

  JsonNode await(String task, String what, Predicate<JsonNode> isSo) {
    boolean came =
        Await.until(
            PATIENCE,
            () -> {
              try {
                return isSo.test(describe(task));
              } catch (TencentCloudSDKException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(came).as(what).isTrue();
    try {
      return describe(task);
    } catch (TencentCloudSDKException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode awaitFinished(String task) {
    return await(task, "FINISHED", now -> now.path("Status").asString().equals("FINISHED"));
  }

  /** Returns the code and words with which it is described when it has failed. */
  TencentCloudSDKException awaitFailed(String task) {
    TencentCloudSDKException[] failure = new TencentCloudSDKException[1];
    boolean came =
        Await.until(
            PATIENCE,
            () -> {
              try {
                describe(task);
                return false;
              } catch (TencentCloudSDKException e) {
                failure[0] = e;
                return true;
              }
            });
    assertThat(came).as("failed").isTrue();
    return failure[0];
  }

  void awaitEvents(String type, int count) {
    assertThat(
            Await.until(
                PATIENCE,
                () ->
                    events.stream()
                            .filter(event -> event.path("EventType").asString().equals(type))
                            .count()
                        >= count))
        .as("%s", events)
        .isTrue();
  }

  /** A group with a class's time line and the word to the stand-in. */
  void hold(String group, StandInRecorder.Plan plan) throws Exception {
    group(group);
    send(group, "", "{\"type\":1003,\"seq\":1,\"timestamp\":5000,\"value\":{\"uid\":\"t\"}}");
    send(group, StandInRecorder.EXT, Json.LINES.writeValueAsString(plan));
  }

  void group(String id) throws Exception {
    ObjectNode body = Json.LINES.createObjectNode().put("Type", "Private").put("Name", "n");
    assertThat(im("create_group", body.put("GroupId", id)).path("ErrorCode").asInt()).isZero();
  }

  void send(String group, String ext, String data) throws Exception {
    ObjectNode body = Json.LINES.createObjectNode().put("GroupId", group).put("Random", ++random);
    ObjectNode content =
        body.putArray("MsgBody")
            .addObject()
            .put("MsgType", "TIMCustomElem")
            .putObject("MsgContent");
    content.put("Data", data).put("Desc", "").put("Ext", ext);
    assertThat(im("send_group_msg", body).path("ErrorCode").asInt()).isZero();
  }

  JsonNode im(String command, ObjectNode body) throws Exception {
    return post(
        "group_open_http_svc/" + command, "", HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  /** What a live recording tells of the teacher's camera. */
  void live(String room, int event, String more) throws Exception {
    String body =
        "{\"event_type\":%d,\"stream_id\":\"%d_%s_teacher_main\",\"start_time\":%d%s}"
            .formatted(
                event, TencentTestServer.APP, room, Instant.now().getEpochSecond() - 30, more);
    JsonNode answer =
        post("class_record_svc/video_callback", "", HttpRequest.BodyPublishers.ofString(body));
    assertThat(answer.toString()).isEqualTo("{\"code\":0}");
  }

  /** Sends a camera's file, which began at an instant in Unix milliseconds. */
  void upload(String group, String user, long start, Path file) throws Exception {
    JsonNode answer = tryUpload(group, user, start, file);
    assertThat(answer.path("ErrorCode").asInt(-1)).as("%s", answer).isZero();
  }

  /** The same, whatever the answer is. */
  JsonNode tryUpload(String group, String user, long start, Path file) throws Exception {
    return post(
        "class_record_svc/upload_video",
        "&groupid=%s&userid=%s&start_time=%d".formatted(group, user, start),
        HttpRequest.BodyPublishers.ofFile(file));
  }

  private JsonNode post(String path, String more, HttpRequest.BodyPublisher body) throws Exception {
    String sig =
        NewUserSig.of(
            TencentTestServer.APP, "admin", WholeServer.KEY, Instant.now(), Duration.ofHours(1));
    URI uri =
        URI.create(
            "%s/v4/%s?sdkappid=%d&identifier=admin&usersig=%s&random=1&contenttype=json%s"
                .formatted(server.base(), path, TencentTestServer.APP, sig, more));
    HttpRequest request = HttpRequest.newBuilder(uri).POST(body).build();
    return Json.LINES.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** Where a task's files are. */
  Path files(String task) {
    return server.files(task);
  }

  List<String> lines(String task, String file) throws IOException {
    return Files.readAllLines(files(task).resolve(file));
  }

  /** The recorder's process. */
  List<ProcessHandle> workers(String task) throws IOException {
    return Leftovers.processes(server.label(task) + "replay");
  }

  @Override
  public void close() {
    server.close();
    receiver.close();
  }
}
