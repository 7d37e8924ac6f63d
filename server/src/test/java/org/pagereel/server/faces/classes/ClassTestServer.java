package org.pagereel.server.faces.classes;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.FreeDisk;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.im.Body;
import org.pagereel.server.faces.im.ImFace;
import org.pagereel.server.faces.im.MessageRetention;
import org.pagereel.server.faces.usersig.NewUserSig;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.http.ClientAddress;
import org.pagereel.server.platform.http.Digest;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.http.WebServer;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.Housekeeping;
import org.pagereel.server.platform.store.TestStores;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Both faces on a real web server and a real store. */
final class ClassTestServer implements AutoCloseable {
  /** Signed callbacks, one admin, small uploads. */
  static final long APP = 1400000002L;

  /** Neither key nor admins. */
  static final long PLAIN = 1400000003L;

  static final String KEY = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
  static final String CALLBACK_KEY = "callback-key";
  static final String SETTINGS =
      """
      tencent:
        - secretId: AKIDTESTSECRETID0000000000000000000
          secretKey: TESTSECRETKEY00000000000000000000
          apps:
            - {sdkAppId: 1400000002, key: %1$s, admins: [boss, other], callbackKey: %2$s, upload: 3MB}
            - {sdkAppId: 1400000003, key: %1$s}
      """
          .formatted(KEY, CALLBACK_KEY);

  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final Settings settings;
  final Uploads uploads;
  final Path uploadFolder;
  private final Database database;
  private final Housekeeping housekeeping;
  private final WebServer web;

  ClassTestServer(Path folder) throws Exception {
    this(folder, SETTINGS, 0);
  }

  ClassTestServer(Path folder, String yaml, long reserve) throws Exception {
    settings = SettingsFile.read(Files.writeString(folder.resolve("settings.yaml"), yaml));
    database = TestStores.open(folder);
    uploadFolder = folder.resolve("uploads");
    uploads = new Uploads(uploadFolder, jdbi(), () -> FreeDisk.bytes(uploadFolder) - reserve);
    housekeeping =
        new Housekeeping(
            jdbi(),
            List.of(new MessageRetention(settings, ClassTables.ALSO), uploads),
            () -> true,
            InstantSource.system());
    FailedLogins logins = new FailedLogins(new ClientAddress(settings.proxies()));
    ImFace im = new ImFace(settings, logins, jdbi(), database.messages(), InstantSource.system());
    ClassFace face =
        new ClassFace(
            settings, logins, jdbi(), database.messages(), uploads, InstantSource.system());
    web =
        WebServer.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            routes -> {
              im.routes(routes);
              face.routes(routes);
            });
  }

  Jdbi jdbi() {
    return database.jdbi();
  }

  void clean(Instant now) {
    housekeeping.clean(now);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + web.port());
  }

  static String query(long app, String user) {
    String sig = NewUserSig.of(app, user, KEY, Instant.now(), Duration.ofHours(1));
    return "sdkappid=%d&identifier=%s&usersig=%s&random=1&contenttype=json"
        .formatted(app, escaped(user), sig);
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  URI uri(String command, String query) {
    return address().resolve("/v4/class_record_svc/" + command + "?" + query);
  }

  JsonNode call(String command, String body) throws Exception {
    return call(command, query(APP, "boss"), body);
  }

  JsonNode call(String command, String query, String body) throws Exception {
    return send(uri(command, query), HttpRequest.BodyPublishers.ofString(body));
  }

  JsonNode im(String command, String query, String body) throws Exception {
    return send(
        address().resolve("/v4/group_open_http_svc/" + command + "?" + query),
        HttpRequest.BodyPublishers.ofString(body));
  }

  JsonNode upload(String query, byte[] file) throws Exception {
    return send(
        uri("upload_video", query(APP, "boss") + query),
        HttpRequest.BodyPublishers.ofByteArray(file));
  }

  /** Every answer is HTTP 200 and JSON. */
  JsonNode send(URI uri, HttpRequest.BodyPublisher body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).POST(body).build();
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return Json.LINES.readTree(response.body());
  }

  void create(String id) throws Exception {
    create(APP, "boss", id, "Private");
  }

  void create(long app, String user, String id, String type) throws Exception {
    JsonNode made =
        im(
            "create_group",
            query(app, user),
            "{\"Type\":\"%s\",\"Name\":\"n\",\"GroupId\":\"%s\"}".formatted(type, id));
    if (made.path("ErrorCode").asInt(-1) != 0) {
      throw new AssertionError(made.toString());
    }
  }

  /** The group's messages, newest first. */
  List<JsonNode> messages(String group) throws Exception {
    JsonNode page =
        im(
            "group_msg_get_simple",
            query(APP, "boss"),
            "{\"GroupId\":\"%s\",\"ReqMsgNumber\":20}".formatted(group));
    return List.copyOf(page.path("RspMsgList").values());
  }

  /** {@code Data} of the group's custom messages, oldest first. */
  List<JsonNode> data(String group) throws Exception {
    return messages(group).reversed().stream()
        .map(one -> one.path("MsgBody").path(0).path("MsgContent").path("Data").stringValue())
        .map(Body.EXACT::readTree)
        .toList();
  }

  static ObjectNode callback(int event, Instant expires) {
    long t = expires.getEpochSecond();
    return Json.LINES
        .createObjectNode()
        .put("appid", 1250000000)
        .put("event_type", event)
        .put("t", t)
        .put("sign", Digest.hex("MD5", CALLBACK_KEY + t));
  }

  /** A file of the class, as the vendor tells of it. */
  static ObjectNode ready(String stream, long start, String file) {
    return callback(100, Instant.now().plusSeconds(600))
        .put("stream_id", stream)
        .put("channel_id", stream)
        .put("start_time", start)
        .put("end_time", start + 1800)
        .put("media_start_time", 135802)
        .put("duration", 1800)
        .put("file_size", 277941079)
        .put("file_id", file)
        .put("video_url", "http://vod.example/" + file + ".mp4");
  }

  static ObjectNode begun(String stream, long start) {
    return callback(1, Instant.now().plusSeconds(600))
        .put("stream_id", stream)
        .put("start_time", start);
  }

  List<Path> uploaded() throws Exception {
    if (!Files.isDirectory(uploadFolder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(uploadFolder)) {
      return files.toList();
    }
  }

  @Override
  public void close() {
    web.close();
    database.close();
  }
}
