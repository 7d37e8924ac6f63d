package org.pagereel.server.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiFunction;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.FreePort;
import org.pagereel.server.config.Settings;
import org.pagereel.server.config.SettingsFile;
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
    this(folder, data, StandInService::open);
  }

  /** The same with recorders, which record. */
  static AllFaces recording(Path folder) throws IOException {
    Path pages = Path.of(System.getProperty("pagereel.home"), "record-page", "pages");
    return new AllFaces(
        folder, folder.resolve("data"), (settings, data) -> Service.open(settings, data, pages));
  }

  private AllFaces(Path folder, Path data, BiFunction<Settings, Path, Service> opener)
      throws IOException {
    this.data = data;
    String yaml =
        """
        authentication: false
        network: {allow: [127.0.0.0/8]}
        apps: [{id: %s, certificate: 0123456789abcdef0123456789abcdef}]
        tencent:
          - secretId: AKIDTESTSECRETID0000000000000000000
            secretKey: TESTSECRETKEY00000000000000000000
            apps: [{sdkAppId: %d}]
        recordings: {atOnce: 4, stopWithin: 20s}
        """
            .formatted(APP, TENCENT);
    Path settings = Files.writeString(folder.resolve("settings.yaml"), yaml);
    service =
        opener.apply(SettingsFile.read(settings).listening("127.0.0.1:" + FreePort.find()), data);
  }

  Path store() {
    return data.resolve("pagereel.db");
  }

  Answer room(String name) throws Exception {
    return call("POST", "/edu/apps/" + APP + "/v2/rooms/" + name, "{\"roomType\":4}");
  }

  Answer findRoom(String name) throws Exception {
    return call("GET", "/edu/apps/" + APP + "/v2/rooms/" + name, "");
  }

  /** Starts a recording of a page of this server. */
  Answer record(String room, String page) throws Exception {
    return call(
        "PUT",
        "/edu/apps/" + APP + "/v2/rooms/" + room + "/records/states/1",
        """
        {"mode":"web","webRecordConfig":{"url":"http://127.0.0.1:%d/record-page/%s","videoWidth":640,"videoHeight":360,"videoFps":15}}\
        """
            .formatted(service.port(), page));
  }

  Answer stop(String room) throws Exception {
    return call("PUT", "/edu/apps/" + APP + "/v2/rooms/" + room + "/records/states/0", "");
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
