package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import io.agora.education.EducationTokenBuilder2;
import io.agora.rtm.RtmTokenBuilder2;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.Pause;
import org.pagereel.server.SideBySide;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.tools.measure.Decoded;
import tools.jackson.databind.JsonNode;

/** A client's way through the whole API, with real recorders. */
@WholeMachine
class RecordingWalkTest {
  @TempDir Path folder;
  private TestServer server;
  private TestPages pages;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(folder, TestServer.SETTINGS);
    pages = new TestPages();
  }

  @AfterEach
  void close() {
    server.close();
    pages.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  @SideBySide
  void createHoldReleasePauseResumeStopListPlay() throws Exception {
    String token =
        new EducationTokenBuilder2()
            .buildRoomUserToken(
                TestServer.APP, TestServer.CERTIFICATE, "room 1", "teacher", (short) 1, 3600);
    AgoraClient client = new AgoraClient(server.base(), TestServer.APP, token, "teacher");
    client.region = "/cn";
    client.create("room 1");
    JsonNode room = client.call("GET", client.room("room 1"), null).ok().data();
    assertThat(room.propertyNames())
        .contains(
            "roomName",
            "roomUuid",
            "scenario",
            "roleConfig",
            "roomProperties",
            "roomTemplate",
            "muteChat",
            "muteVideo",
            "muteAudio",
            "state",
            "checkState",
            "createTime");
    assertThat(room.path("roomName").asString()).isEqualTo("数学 & 1");

    String page = server.base() + "/record-page/record_page.html?language=zh";
    long asked = System.nanoTime();
    JsonNode started =
        client
            .start(
                "room 1",
                "\"rootUrl\":\""
                    + page
                    + "\",\"onhold\":\"true\",\"videoWidth\":854,"
                    + "\"videoHeight\":480,\"videoFps\":30,\"videoBitrate\":1200,\"audioProfile\":2",
                ",\"retryTimeout\":20,\"backupCount\":0")
            .ok()
            .data();
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
    assertThat(started.propertyNames())
        .containsExactlyInAnyOrder("recordId", "sid", "resourceId", "state", "startTime");
    assertThat(started.path("state").asInt()).isEqualTo(1);
    assertThat(client.record("room 1").path("state").asInt()).isEqualTo(-1);

    JsonNode held = client.awaitRecord("room 1", record -> record.path("ready").asBoolean());
    assertThat(held.path("onhold").asBoolean()).isTrue();
    assertThat(held.path("state").asInt()).isEqualTo(1);
    Path files = server.recording(started.path("recordId").asString());
    assertThat(files).isDirectoryNotContaining("glob:**.ts");

    client.hold("room 1", false).ok();
    client.awaitRecord("room 1", record -> !record.path("onhold").asBoolean());
    Pause.of(Duration.ofSeconds(2));
    client.hold("room 1", true).ok();
    client.awaitRecord("room 1", record -> record.path("onhold").asBoolean());
    assertThat(playlist(client)).contains("page-1-00000.ts").doesNotContain("ENDLIST");
    client.hold("room 1", false).ok();
    client.awaitRecord("room 1", record -> !record.path("onhold").asBoolean());
    Pause.of(Duration.ofSeconds(2));
    JsonNode stopped = client.stop("room 1").ok().data();
    assertThat(stopped.path("state").asInt()).isZero();
    assertThat(stopped.path("recordId")).isEqualTo(started.path("recordId"));

    JsonNode item = client.awaitFiles("room 1");
    assertThat(item.propertyNames())
        .containsExactlyInAnyOrder(
            "appId",
            "roomUuid",
            "recordId",
            "startTime",
            "endTime",
            "resourceId",
            "sid",
            "recordUid",
            "type",
            "status",
            "url",
            "recordDetails",
            "webRecordUrlQuery",
            "unready");
    assertThat(item.path("type").asInt()).isEqualTo(3);
    assertThat(item.path("status").asInt()).isEqualTo(2);
    assertThat(item.path("unready").asBoolean()).isFalse();
    assertThat(client.list("room 1").path("nextId").isNull()).isTrue();
    assertThat(client.list("room 1").path("total").asInt()).isEqualTo(1);

    assertThat(client.reasons("room 1")).containsExactly(1, 2);
    assertThat(client.events("room 1").stream().map(RecordingWalkTest::state).toList())
        .containsExactly(-1, 1, 0);
    assertEventsComeOnce(client);
    assertPlays(item, files);
  }

  @Test
  @SideBySide
  void aPageThatCallsOnlyItsVendor() throws Exception {
    AgoraClient client = userClient("teacher");
    client.create("r");
    String page =
        pages.html(
            "vendor.html",
            """
            <body style="background:#2a6">lesson<script>
            const query = new URLSearchParams(location.href.split('?').pop());
            const path = `/edu/apps/${query.get('appId')}/v2/rooms/${query.get('roomUuid')}`;
            setTimeout(() => fetch('https://api.agora.io' + path + '/records/ready', {
              method: 'PUT',
              headers: {'x-agora-token': query.get('rtmToken'), 'x-agora-uid': query.get('userUuid'),
                'Content-Type': 'application/json'},
            }).then(answer => answer.json()).then(answer => document.title = answer.msg), 500);
            </script>
            """);
    client.start("r", "\"rootUrl\":\"" + page + "\"", ",\"retryTimeout\":20").ok();
    client.awaitRecord("r", record -> record.path("ready").asBoolean());
    Pause.of(Duration.ofSeconds(2));
    client.stop("r").ok();
    client.awaitFiles("r");
    assertThat(client.reasons("r")).containsExactly(1, 2);
  }

  @Test
  @SideBySide
  void onlyTheRecordersOwnReadyCounts() throws Exception {
    AgoraClient client = userClient("teacher");
    client.create("r");
    String page = pages.html("silent.html", "<body>not ready");
    String id =
        client
            .start("r", "\"rootUrl\":\"" + page + "\",\"onHold\":true", ",\"retryTimeout\":30")
            .ok()
            .data()
            .path("recordId")
            .asString();
    client.call("PUT", client.room("r") + "/records/ready", null).ok();
    String query = client.list("r").path("list").path(0).path("webRecordUrlQuery").asString();
    assertThat(query)
        .contains(
            "appId=" + TestServer.APP + "&roomUuid=r&roomName=",
            "&roleType=0&pretest=false&region=CN");
    String token = parameter(query, "rtmToken");
    AgoraClient recorder =
        new AgoraClient(server.base(), TestServer.APP, token, parameter(query, "userUuid"));
    Path report = server.recording(id).resolve("recording.json");
    assertThat(Await.until(Duration.ofSeconds(20), () -> Files.exists(report))).isTrue();
    Pause.of(Duration.ofSeconds(2));
    assertThat(client.record("r").path("ready").asBoolean()).isFalse();

    recorder.call("PUT", recorder.room("r") + "/records/ready", null).ok();
    client.awaitRecord("r", record -> record.path("ready").asBoolean());
    assertThat(recorder.call("PUT", recorder.room("r") + "/records/states/0", null).status())
        .isEqualTo(403);
    client.create("neighbour");
    assertThat(recorder.call("GET", recorder.room("neighbour"), null).status()).isEqualTo(401);
    client.stop("r").ok();
    assertThat(recorder.call("GET", recorder.room("r"), null).status()).isEqualTo(401);
    assertThat(client.reasons("r")).containsExactly(1, 2);
  }

  private AgoraClient userClient(String user) {
    String token =
        new RtmTokenBuilder2().buildToken(TestServer.APP, TestServer.CERTIFICATE, user, 3600);
    return new AgoraClient(server.base(), TestServer.APP, token, user);
  }

  private void assertEventsComeOnce(AgoraClient teacher) throws Exception {
    AgoraClient app = server.client();
    String path = "/cn/edu/polling/apps/" + TestServer.APP + "/v2/rooms/sequences";
    List<JsonNode> events = app.call("GET", path, null).ok().data().valueStream().toList();
    assertThat(events).hasSize(teacher.events("room 1").size());
    assertThat(events.stream().map(event -> event.path("sequence").asLong()))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(events)
        .allSatisfy(event ->
            assertThat(event.propertyNames())
                .containsExactlyInAnyOrder("roomUuid", "cmd", "sequence", "version", "data"));
    assertThat(app.call("GET", path, null).ok().data()).isEmpty();
  }

  private static void assertPlays(JsonNode item, Path files) throws Exception {
    String url = item.path("recordDetails").path(0).path("url").asString();
    HttpResponse<byte[]> all = AgoraClient.bytes(url);
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.body()).hasSize((int) Files.size(files.resolve("page.mp4")));
    HttpResponse<byte[]> part = AgoraClient.bytes(url, "Range", "bytes=4-11");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(all.body(), 4, 12));
    int size = all.body().length;
    HttpResponse<byte[]> rest = AgoraClient.bytes(url, "Range", "bytes=1000-");
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(all.body(), 1000, size));
    assertThat(rest.headers().firstValue("Content-Range"))
        .contains("bytes 1000-" + (size - 1) + "/" + size);
    HttpResponse<byte[]> end = AgoraClient.bytes(url, "Range", "bytes=-7");
    assertThat(end.body()).isEqualTo(Arrays.copyOfRange(all.body(), size - 7, size));
    assertThat(AgoraClient.bytes(url, "Range", "bytes=" + size + "-").statusCode()).isEqualTo(416);
    assertThat(AgoraClient.bytes(url, "Range", "bytes=x").body()).hasSize(size);
    assertThat(AgoraClient.bytes(url.replaceAll("s=.", "s=")).statusCode()).isEqualTo(401);
    assertThat(AgoraClient.bytes(url.replace("page.mp4", "recording.json")).statusCode())
        .isEqualTo(404);
    assertThat(Decoded.complaints(files.resolve("page.mp4"))).isEmpty();
    double[] times = Decoded.pictureTimes(files.resolve("page.mp4"));
    assertThat(times[times.length - 1]).isBetween(3.5, 6.0);
    String playlist =
        new String(AgoraClient.bytes(item.path("url").asString()).body(), StandardCharsets.UTF_8);
    String slice = playlist.lines().filter(line -> line.contains(".ts")).findFirst().orElseThrow();
    String base = item.path("url").asString().replaceAll("[^/]*$", "");
    assertThat(AgoraClient.bytes(base + slice).statusCode()).isEqualTo(200);
  }

  private static String playlist(AgoraClient client) throws Exception {
    JsonNode[] last = new JsonNode[1];
    assertThat(
            Await.until(
                Duration.ofSeconds(10),
                () -> {
                  try {
                    last[0] = client.list("room 1").path("list").path(0);
                    return !last[0].path("url").asString().isEmpty();
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                }))
        .isTrue();
    JsonNode item = last[0];
    assertThat(item.path("status").asInt()).isEqualTo(1);
    return new String(
        AgoraClient.bytes(item.path("url").asString()).body(), StandardCharsets.UTF_8);
  }

  private static int state(JsonNode event) {
    return event.path("data").path("state").asInt();
  }

  private static String parameter(String query, String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError(query + " has no " + name);
  }
}
