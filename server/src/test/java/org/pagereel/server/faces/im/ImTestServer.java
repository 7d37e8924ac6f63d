package org.pagereel.server.faces.im;

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
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.usersig.NewUserSig;
import org.pagereel.server.platform.config.Settings;
import org.pagereel.server.platform.config.SettingsFile;
import org.pagereel.server.platform.http.ClientAddress;
import org.pagereel.server.platform.http.FailedLogins;
import org.pagereel.server.platform.http.WebServer;
import org.pagereel.server.platform.store.Database;
import org.pagereel.server.platform.store.Housekeeping;
import org.pagereel.server.platform.store.TestStores;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The face on a real web server and a real store. */
final class ImTestServer implements AutoCloseable {
  static final long APP = 1400000002L;
  static final long KEYLESS = 1400000003L;
  static final long WITH_ADMINS = 1400000004L;
  static final String KEY = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
  static final String SETTINGS =
      """
      tencent:
        - secretId: AKIDTESTSECRETID0000000000000000000
          secretKey: TESTSECRETKEY00000000000000000000
          apps:
            - {sdkAppId: 1400000002, key: %1$s}
            - {sdkAppId: 1400000003}
            - {sdkAppId: 1400000004, key: %1$s, admins: [boss], messages: 2h}
      """
          .formatted(KEY);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final Settings settings;
  private final Database database;
  private final Housekeeping housekeeping;
  private final WebServer web;

  ImTestServer(Path folder) throws Exception {
    this(folder, SETTINGS);
  }

  ImTestServer(Path folder, String yaml) throws Exception {
    settings = SettingsFile.read(Files.writeString(folder.resolve("settings.yaml"), yaml));
    database = TestStores.open(folder);
    housekeeping =
        new Housekeeping(
            jdbi(), List.of(new MessageRetention(settings)), () -> true, InstantSource.system());
    ImFace face =
        new ImFace(
            settings,
            new FailedLogins(new ClientAddress(settings.proxies())),
            jdbi(),
            database.messages(),
            InstantSource.system());
    web = WebServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), face::routes);
  }

  Jdbi jdbi() {
    return database.jdbi();
  }

  /** How many rows of a table others see, whatever goes on in a transaction. */
  int seen(String table) {
    return database
        .bulk()
        .withHandle(handle ->
            handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Integer.class).one());
  }

  void clean(Instant now) {
    housekeeping.clean(now);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + web.port());
  }

  static String query(long app, String user) {
    return query(app, user, NewUserSig.of(app, user, KEY, Instant.now(), Duration.ofHours(1)));
  }

  static String query(long app, String user, String userSig) {
    return "sdkappid=%d&identifier=%s&usersig=%s&random=99999999&contenttype=json"
        .formatted(app, URLEncoder.encode(user, StandardCharsets.UTF_8), userSig);
  }

  JsonNode call(String command, String body) throws Exception {
    return call(command, query(APP, "admin"), body);
  }

  /** Every answer is HTTP 200 and JSON. */
  JsonNode call(String command, String query, String body) throws Exception {
    HttpResponse<String> response = answer(command, query, body);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return Json.LINES.readTree(response.body());
  }

  HttpResponse<String> answer(String command, String body) throws Exception {
    return answer(command, query(APP, "admin"), body);
  }

  private HttpResponse<String> answer(String command, String query, String body) throws Exception {
    URI uri = address().resolve("/v4/group_open_http_svc/" + command + "?" + query);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  String create(String id) throws Exception {
    return call(
            "create_group",
            "{\"Type\":\"Private\",\"Name\":\"n\",\"GroupId\":\"%s\"}".formatted(id))
        .path("GroupId")
        .stringValue();
  }

  JsonNode send(String group, long random, String text) throws Exception {
    return call("send_group_msg", message(group, random, text).toString());
  }

  static ObjectNode message(String group, long random, String text) {
    ObjectNode message = Json.LINES.createObjectNode().put("GroupId", group).put("Random", random);
    message
        .putArray("MsgBody")
        .addObject()
        .put("MsgType", "TIMTextElem")
        .putObject("MsgContent")
        .put("Text", text);
    return message;
  }

  /**
   * Fills a group at once, in one transaction.
   *
   * @param everyHole such a number is for those who are online only; 0 for none
   */
  void fill(String id, int messages, int everyHole) {
    jdbi()
        .useTransaction(handle -> {
          Group group = Groups.living(handle, APP, id).orElseThrow();
          for (int seq = 1; seq <= messages; seq++) {
            boolean kept = everyHole == 0 || seq % everyHole != 0;
            String body =
                "[{\"MsgType\":\"TIMTextElem\",\"MsgContent\":{\"Text\":\"text %d\"}}]"
                    .formatted(seq);
            NewMessage message = new NewMessage("teacher", seq, "Normal", body, null, kept);
            GroupMessages.send(handle, group, message, Instant.now());
          }
        });
  }

  @Override
  public void close() {
    web.close();
    database.close();
  }
}
