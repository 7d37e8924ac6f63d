package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import io.agora.education.EducationTokenBuilder2;
import io.agora.media.AccessToken2;
import io.agora.rtm.RtmTokenBuilder2;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.server.WholeMachine;

/**
 * All kinds of tokens on all routes of the face: who gets in, and who gets which error. The table
 * is {@code docs/TOKENS.md}; {@code -Dpagereel.write=true} writes it anew.
 */
@WholeMachine
class TokenTableTest {
  private static final Path TABLE = Path.of(System.getProperty("pagereel.home"), "docs/TOKENS.md");
  private static final String ID = TestServer.APP;
  private static final String KEY = TestServer.CERTIFICATE;
  private static final String OTHER_ID = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
  private static final String OTHER_KEY = "fedcba9876543210fedcba9876543210";
  private static final String PAGE = "\"rootUrl\":\"http://127.0.0.1:9/\"";

  /** Failed logins are counted by address; here each request comes from one of its own. */
  private static final String SETTINGS =
      """
      apps:
        - {id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, certificate: 0123456789abcdef0123456789abcdef, controllers: [boss]}
        - {id: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, certificate: fedcba9876543210fedcba9876543210}
      network: {allow: [127.0.0.0/8]}
      proxies: [127.0.0.1]
      """;

  private static final EducationTokenBuilder2 EDUCATION = new EducationTokenBuilder2();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What is in a cell when the request was done, or would have been but for the room's state. */
  private static final String YES = "yes";

  @TempDir Path folder;
  private AgoraTestServer desk;
  private String running = "";
  private String finished = "";
  private int requests;

  /** A route, and a request to it. */
  private record Route(String head, String method, String path, String body) {}

  @BeforeEach
  void open() throws Exception {
    desk = new AgoraTestServer(folder, SETTINGS);
    AgoraClient app = desk.client(EDUCATION.buildAppToken(ID, KEY, 3600));
    app.create("room");
    app.create("other");
    finished = started(app, "room");
    desk.finish(finished);
    running = started(app, "room");
    for (String id : List.of(finished, running)) {
      Files.write(
          Files.createDirectories(desk.recordings.resolve(id)).resolve("page.mp4"), new byte[100]);
    }
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void theTableIsTrue() throws Exception {
    Map<String, String> tokens = tokens(started(desk.client(appToken()), "other"));
    List<Route> routes = routes();
    StringBuilder table = new StringBuilder(HEAD);
    table.append(row("token", routes.stream().map(Route::head).toList()));
    table.append(row("---", routes.stream().map(route -> "---").toList()));
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      List<String> cells = new ArrayList<>();
      for (Route route : routes) {
        String cell = cell(route, "", token.getValue());
        if (route.path().startsWith("/edu/")) {
          assertThat(cell(route, "/cn", token.getValue()))
              .as("%s, %s, with a region", token.getKey(), route.head())
              .isEqualTo(cell);
        }
        cells.add(cell);
      }
      table.append(row(token.getKey(), cells));
    }
    if (Boolean.getBoolean("pagereel.write")) {
      Files.writeString(TABLE, table);
    }
    assertThat(table.toString())
        .as("docs/TOKENS.md; if it should be so: -Dpagereel.write=true")
        .isEqualTo(Files.readString(TABLE));
  }

  /** By the name that they have in the table. */
  private Map<String, String> tokens(String runningElsewhere) throws Exception {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("of the app", appToken());
    String[] roles = {"role 0, invisible", "role 1, teacher", "role 2, pupil", "role 3, assistant"};
    for (String room : List.of("room", "other")) {
      for (short role = 0; role < roles.length; role++) {
        tokens.put(
            roles[role] + (room.equals("room") ? "" : ", of another room"),
            EDUCATION.buildRoomUserToken(ID, KEY, room, "user" + role, role, 3600));
      }
    }
    tokens.put(
        "role 2 of a controller",
        EDUCATION.buildRoomUserToken(ID, KEY, "room", "boss", (short) 2, 3600));
    tokens.put("education, no room", EDUCATION.buildUserToken(ID, KEY, "user", 3600));
    RtmTokenBuilder2 rtm = new RtmTokenBuilder2();
    tokens.put("RTM", rtm.buildToken(ID, KEY, "user", 3600));
    tokens.put("RTM of a controller", rtm.buildToken(ID, KEY, "boss", 3600));
    tokens.put("RTM of `Boss`", rtm.buildToken(ID, KEY, "Boss", 3600));
    recorders(tokens, runningElsewhere);
    String teacher = EDUCATION.buildRoomUserToken(ID, KEY, "room", "user1", (short) 1, 3600);
    spelt(tokens, "teacher's", teacher);
    tokens.put("teacher's, in upper case", "007" + teacher.substring(3).toUpperCase(Locale.ROOT));
    tokens.put("teacher's, in lower case", teacher.toLowerCase(Locale.ROOT));
    tokens.put("teacher's, truncated", teacher.substring(0, teacher.length() * 2 / 3));
    tokens.put("teacher's, expired", expired());
    tokens.put(
        "teacher's, of another app",
        EDUCATION.buildRoomUserToken(OTHER_ID, OTHER_KEY, "room", "user1", (short) 1, 3600));
    tokens.put(
        "teacher's, signed with another key",
        EDUCATION.buildRoomUserToken(ID, OTHER_KEY, "room", "user1", (short) 1, 3600));
    tokens.put("of another app, for the app", EDUCATION.buildAppToken(OTHER_ID, OTHER_KEY, 3600));
    tokens.put("none", "");
    return tokens;
  }

  private void recorders(Map<String, String> tokens, String runningElsewhere) throws Exception {
    tokens.put("recorder's", desk.recorderToken(running));
    spelt(tokens, "recorder's", desk.recorderToken(running));
    tokens.put("recorder's, of another room", desk.recorderToken(runningElsewhere));
    tokens.put("recorder's, of a finished recording", desk.recorderToken(finished));
    spelt(tokens, "recorder's, of a finished recording", desk.recorderToken(finished));
  }

  private static void spelt(Map<String, String> tokens, String whose, String token)
      throws Exception {
    Map<String, String> texts = RespeltToken.all(token);
    tokens.put(whose + ", recompressed", texts.getOrDefault("level 1", texts.get("level 0")));
    tokens.put(whose + ", other padding", texts.get("no padding, one byte more"));
  }

  private List<Route> routes() {
    String room = "/edu/apps/" + ID + "/v2/rooms/room";
    String start = "{\"mode\":\"web\",\"webRecordConfig\":{" + PAGE + "}}";
    String hold = "{\"webRecordConfig\":{\"onhold\":true}}";
    String file = "/recordings/" + running + "/page.mp4";
    String link =
        desk.links.to(running, "page.mp4", Instant.now()).replaceFirst("^http://[^/]*", "");
    return List.of(
        new Route("room", "GET", room, ""),
        new Route("events", "GET", room + "/sequences", ""),
        new Route("ready (PUT)", "PUT", room + "/records/ready", ""),
        new Route("ready (POST)", "POST", room + "/records/ready", ""),
        new Route("create", "POST", room, "{}"),
        new Route("class", "PUT", room + "/states/1", ""),
        new Route("start", "PUT", room + "/records/states/1", start),
        new Route("hold", "PATCH", room + "/records/states/1", hold),
        new Route("stop", "PUT", room + "/records/states/0", ""),
        new Route("list", "GET", room + "/records", ""),
        new Route("file", "GET", file, ""),
        new Route("earlier file", "GET", "/recordings/" + finished + "/page.mp4", ""),
        new Route("file by link", "GET", link, ""),
        new Route("polling", "GET", "/edu/polling/apps/" + ID + "/v2/rooms/sequences", ""),
        new Route("demo room", "GET", "/demo-room/r/board", ""));
  }

  private String cell(Route route, String region, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(desk.base() + region + route.path()))
            .header("X-Forwarded-For", "198.51." + requests / 256 + "." + requests % 256)
            .method(route.method(), HttpRequest.BodyPublishers.ofString(route.body()));
    requests++;
    if (!token.isEmpty()) {
      request.header("x-agora-token", token);
    }
    int status = HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    if (Set.of(401, 403).contains(status)) {
      return String.valueOf(status);
    }
    // 409: it was so already, by the request of a row above.
    assertThat(status).as("%s", route).isIn(200, 409);
    return YES;
  }

  private static String row(String first, List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| " + first + " | ", " |\n"));
  }

  private static String appToken() {
    return EDUCATION.buildAppToken(ID, KEY, 3600);
  }

  private static String expired() throws Exception {
    AccessToken2 token = new AccessToken2(ID, KEY, 3600);
    token.issueTs -= 7200;
    AccessToken2.ServiceApaas service = new AccessToken2.ServiceApaas("room", "user1", (short) 1);
    service.addPrivilegeApaas(AccessToken2.PrivilegeApaas.PRIVILEGE_ROOM_USER, 3600);
    token.addService(service);
    return token.build();
  }

  private static String started(AgoraClient app, String room) throws Exception {
    return app.start(room, PAGE, ",\"retryTimeout\":60").ok().data().path("recordId").asString();
  }

  private static final String HEAD =
      """
      # Which token is good for what

      Written by `TokenTableTest`, which asks a server all of this and fails when it is no longer so. The room is `room`, which is being recorded and was recorded before; unless a row says otherwise, tokens are of
      its app, and those of a role are education tokens for it. `boss` is in the app's `controllers`. A number is the HTTP status of the refusal.

      Columns: the room; its events; "the page is ready", which counts from the recorder only; creating the room; its class state; starting, holding and stopping its recording; its recordings; a file of
      the one that runs; a file of the earlier one; a file by a signed link that an answer had, which needs no token; the events of all rooms; the demo room, which asks nobody where it is open.

      """;
}
