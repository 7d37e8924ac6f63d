package org.pagereel.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.FreePort;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.supervisor.RecorderSettings;
import org.pagereel.server.platform.supervisor.Recorders;
import tools.jackson.databind.JsonNode;

/** A whole server, and simple clients of all its faces, which write down how they were answered. */
final class AllFaces implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String APP = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final long TENCENT = 1400000001L;

  final Path data;
  private final Service service;

  /** How a request was answered. */
  record Answer(int status, Duration after, String retryAfter, JsonNode body) {
    boolean isDone() {
      return status == 200;
    }
  }

  AllFaces(Path folder, Path data) throws IOException {
    this.data = data;
    service = StandInService.open(settings(folder, "", ""), data);
  }

  /** The same with a store that others share. */
  AllFaces(Path folder, Path data, String database) throws IOException {
    this.data = data;
    service =
        StandInService.open(
            settings(folder, "", "files: " + folder.resolve("files")).storing(database), data);
  }

  /**
   * The same with other recorders.
   *
   * @param app more settings of Agora's app
   */
  AllFaces(
      Path folder,
      Path data,
      String app,
      BiFunction<RecorderSettings, Integer, Recorders> recorders)
      throws IOException {
    this.data = data;
    service = StandInService.open(settings(folder, app, ""), data, recorders, core -> List.of());
  }

  private static Settings settings(Path folder, String app, String more) throws IOException {
    String yaml =
        """
        authentication: false
        network: {allow: [127.0.0.0/8]}
        apps: [{id: %s, certificate: 0123456789abcdef0123456789abcdef%s}]
        tencent:
          - secretId: AKIDTESTSECRETID0000000000000000000
            secretKey: TESTSECRETKEY00000000000000000000
            apps: [{sdkAppId: %d}]
        recordings: {atOnce: 8, stopWithin: 20s}
        %s
        """
            .formatted(APP, app, TENCENT, more);
    Path settings = Files.writeString(folder.resolve("settings.yaml"), yaml);
    return SettingsFile.read(settings).listening("127.0.0.1:" + FreePort.find());
  }

  /** Removes what is over. */
  void tidy() {
    service.tidy(Instant.now());
  }

  Path store() {
    return data.resolve("pagereel.db");
  }

  Answer room(String name) throws Exception {
    return call("POST", "/edu/apps/" + APP + "/v2/rooms/" + name, "{\"roomType\":4}");
  }

  /** The class begins (1) or ends (2). */
  Answer state(String room, int state) throws Exception {
    return call("PUT", "/edu/apps/" + APP + "/v2/rooms/" + room + "/states/" + state, "");
  }

  Answer findRoom(String name) throws Exception {
    return call("GET", "/edu/apps/" + APP + "/v2/rooms/" + name, "");
  }

  /** Starts a recording of a room. */
  Answer record(String room) throws Exception {
    return call(
        "PUT",
        "/edu/apps/" + APP + "/v2/rooms/" + room + "/records/states/1",
        """
        {"mode":"web","webRecordConfig":{"url":"http://127.0.0.1:%d/record-page/size.html"}}\
        """
            .formatted(service.port()));
  }

  Answer hold(String room, boolean hold) throws Exception {
    return call(
        "PATCH",
        "/edu/apps/" + APP + "/v2/rooms/" + room + "/records/states/1",
        "{\"webRecordConfig\":{\"onhold\":" + hold + "}}");
  }

  Answer stop(String room) throws Exception {
    return call("PUT", "/edu/apps/" + APP + "/v2/rooms/" + room + "/records/states/0", "");
  }

  /** Waits for it, half a minute at most. */
  static void await(Callable<Boolean> isSo) {
    assertThat(
            Await.until(
                Duration.ofSeconds(30),
                () -> {
                  try {
                    return isSo.call();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }))
        .isTrue();
  }

  /** The recordings of a room. */
  Answer recordsOf(String room) throws Exception {
    return call("GET", "/edu/apps/" + APP + "/v2/rooms/" + room + "/records", "");
  }

  /** The events of all rooms that nobody has polled yet. */
  Answer poll() throws Exception {
    return call("GET", "/edu/polling/apps/" + APP + "/v2/rooms/sequences", "");
  }

  /** What a room says of its recording: its property {@code record}. */
  JsonNode recordOf(String room) throws Exception {
    return findRoom(room).body().at("/data/roomProperties/record");
  }

  /** Starts a recording of a class of Tencent's. */
  Answer startOnline(String user) throws Exception {
    return tiw(
        "StartOnlineRecord",
        """
        {"SdkAppId":%d,"RoomId":1203,"RecordUserId":"tic_record_user_1203_%s","RecordUserSig":"sig"}\
        """
            .formatted(TENCENT, user));
  }

  Answer stopOnline(String task) throws Exception {
    return tiw("StopOnlineRecord", task(task));
  }

  Answer findOnline(String task) throws Exception {
    return tiw("DescribeOnlineRecord", task(task));
  }

  Answer replay(long room, String group) throws Exception {
    return tiw(
        "CreateOfflineRecord",
        "{\"SdkAppId\":%d,\"RoomId\":%d,\"GroupId\":\"%s\"}".formatted(TENCENT, room, group));
  }

  Answer findReplay(String task) throws Exception {
    return tiw("DescribeOfflineRecord", task(task));
  }

  private static String task(String id) {
    return "{\"SdkAppId\":%d,\"TaskId\":\"%s\"}".formatted(TENCENT, id);
  }

  int port() {
    return service.port();
  }

  /** Where messages are sent to. */
  static String messagesPath() {
    return "/v4/group_open_http_svc/send_group_msg?sdkappid=" + TENCENT + "&identifier=teacher";
  }

  Answer group(String id) throws Exception {
    return im(
        "group_open_http_svc/create_group",
        """
        {"Type":"Private","Name":"n","GroupId":"%s"}\
        """
            .formatted(id));
  }

  Answer dissolve(String id) throws Exception {
    return im("group_open_http_svc/destroy_group", "{\"GroupId\":\"" + id + "\"}");
  }

  Answer message(String group, long random, String text) throws Exception {
    return im(
        "group_open_http_svc/send_group_msg",
        """
        {"GroupId":"%s","Random":%d,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"%s"}}]}\
        """
            .formatted(group, random, text));
  }

  /** 20 messages at the most, newest first. */
  Answer messages(String group, long newest) throws Exception {
    return im(
        "group_open_http_svc/group_msg_get_simple",
        """
        {"GroupId":"%s","ReqMsgNumber":20,"ReqMsgSeq":%d}\
        """
            .formatted(group, newest));
  }

  Answer timeLine(String group) throws Exception {
    return im(
        "class_record_svc/report_timeline",
        """
        {"GroupId":"%s","Timestamp":1}\
        """
            .formatted(group));
  }

  Answer classState(String group) throws Exception {
    return im("class_record_svc/class_state", "{\"GroupId\":\"" + group + "\"}");
  }

  Answer callback(String url) throws Exception {
    return tiw(
        "SetOnlineRecordCallback",
        """
        {"SdkAppId":%d,"Callback":"%s"}\
        """
            .formatted(TENCENT, url));
  }

  Answer findCallback() throws Exception {
    return tiw("DescribeOnlineRecordCallback", "{\"SdkAppId\":" + TENCENT + "}");
  }

  Answer health() throws Exception {
    return call("GET", "/health", "");
  }

  private Answer im(String command, String body) throws Exception {
    return call("POST", "/v4/" + command + "?sdkappid=" + TENCENT + "&identifier=teacher", body);
  }

  private Answer tiw(String action, String body) throws Exception {
    return call("POST", "/", body, "X-TC-Action", action, "X-TC-Version", "2019-09-19");
  }

  private Answer call(String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    long begun = System.nanoTime();
    HttpResponse<String> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        Duration.ofNanos(System.nanoTime() - begun),
        response.headers().firstValue("Retry-After").orElse(""),
        Json.LINES.readTree(response.body()));
  }

  @Override
  public void close() {
    service.close();
  }
}
