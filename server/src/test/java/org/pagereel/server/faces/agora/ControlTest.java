package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import io.agora.education.EducationTokenBuilder2;
import io.agora.rtm.RtmTokenBuilder2;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.server.WholeMachine;

/** Who controls recordings, with which settings, and as the vendor's own client asks for it. */
@WholeMachine
class ControlTest {
  private static final String KEY = TestServer.CERTIFICATE;
  private static final String APP =
      "apps: [{id: "
          + TestServer.APP
          + ", certificate: "
          + KEY
          + ", openRooms: true%s}]\n"
          + "network: {allow: [127.0.0.0/8]}\n";

  /** What agora-edu-core 2.8 to 2.9 sends (docs/vendors/agora.md, "Starting a recording"). */
  private static final String START =
      "{\"webRecordConfig\":{\"rootUrl\":\"http://127.0.0.1:9/record.html?language=zh\","
          + "\"videoBitrate\":3000},\"mode\":\"web\",\"retryTimeout\":60}";

  @TempDir Path folder;
  private @Nullable AgoraTestServer desk;

  @AfterEach
  void close() {
    if (desk != null) {
      desk.close();
    }
  }

  /** It sends all three headers, {@code Authorization} quoted, and a stop without a body. */
  @ParameterizedTest
  @ValueSource(shorts = {1, 3})
  void theVendorsClientStartsAndStops(short role) throws Exception {
    open("");
    AgoraClient teacher = room("teacher", role);
    AgoraClient pupil = room("pupil", (short) 2);
    String states = teacher.room("r") + "/records/states/";
    assertThat(pupil.call("PUT", states + "1", START).status()).isEqualTo(403);
    teacher.call("PUT", teacher.room("r") + "/states/1", null).ok();
    teacher.call("PUT", states + "1", START).ok();
    assertThat(pupil.call("PUT", states + "0", null).status()).isEqualTo(403);
    assertThat(pupil.record("r").path("state").asInt()).isEqualTo(-1);
    assertThat(pupil.events("r")).isNotEmpty();
    teacher.hold("r", true).ok();
    assertThat(teacher.list("r").path("total").asInt()).isOne();
    teacher.call("PUT", states + "0", null).ok();
  }

  @Test
  void rtmTokensControlForControllers() throws Exception {
    open(", controllers: [server]");
    assertThat(rtm("teacher").call("PUT", path(), START).status()).isEqualTo(403);
    assertThat(rtm("Server").call("PUT", path(), START).status()).isEqualTo(403);
    rtm("server").call("PUT", path(), START).ok();
  }

  @Test
  void everybodyControlsIfTheSettingsSaySo() throws Exception {
    open(", controllers: ['*']");
    String id = rtm("anybody").call("PUT", path(), START).ok().data().path("recordId").asString();
    room("pupil", (short) 2).hold("r", true).ok();
    assertThat(client(desk().recorderToken(id), null).stop("r").status()).isEqualTo(403);
    rtm("somebody").stop("r").ok();
  }

  @Test
  void whoMayOnlyReadCreatesNoRoom() throws Exception {
    open("");
    rtm("pupil").call("GET", "/edu/apps/" + TestServer.APP + "/v2/rooms/new", null).ok();
    assertThat(rooms()).isZero();
    AgoraClient app =
        client(new EducationTokenBuilder2().buildAppToken(TestServer.APP, KEY, 3600), null);
    app.call("GET", app.room("new"), null).ok();
    assertThat(rooms()).isOne();
  }

  private int rooms() {
    return desk()
        .database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT COUNT(*) FROM rooms").mapTo(Integer.class).one());
  }

  private static String path() {
    return "/cn/edu/apps/" + TestServer.APP + "/v2/rooms/r/records/states/1";
  }

  private AgoraClient room(String user, short role) {
    return client(
        new EducationTokenBuilder2().buildRoomUserToken(TestServer.APP, KEY, "r", user, role, 3600),
        user);
  }

  private AgoraClient rtm(String user) {
    return client(new RtmTokenBuilder2().buildToken(TestServer.APP, KEY, user, 3600), user);
  }

  private AgoraClient client(String token, @Nullable String user) {
    return new AgoraClient(desk().base(), TestServer.APP, token, user);
  }

  private AgoraTestServer desk() {
    return Objects.requireNonNull(desk);
  }

  private void open(String app) throws Exception {
    desk = new AgoraTestServer(folder, APP.formatted(app));
  }
}
