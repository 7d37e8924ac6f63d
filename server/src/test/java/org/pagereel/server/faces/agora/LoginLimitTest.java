package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import io.agora.education.EducationTokenBuilder2;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.WholeMachine;

/** Failed logins are refused unseen after a while, and nobody else is. */
@WholeMachine
class LoginLimitTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;
  private AgoraTestServer desk;

  @BeforeEach
  void open() throws Exception {
    desk = new AgoraTestServer(folder, TestServer.SETTINGS + "proxies: [127.0.0.1]\n");
    desk.client(token()).create("r");
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void anAddressIsRefusedWithoutALook() throws Exception {
    String used = token();
    assertThat(ask("203.0.113.7", used).statusCode()).isEqualTo(200);
    fail("203.0.113.7");

    HttpResponse<String> refused = ask("203.0.113.7", "bad");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Json.LINES.readTree(refused.body()).path("code").asInt()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d*");
    assertThat(ask("1.2.3.4, 203.0.113.7", token()).statusCode()).as("new here").isEqualTo(429);

    assertThat(ask("203.0.113.7", used).statusCode()).as("was good before").isEqualTo(200);
    assertThat(ask("203.0.113.8", token()).statusCode()).as("elsewhere").isEqualTo(200);
    assertThat(ask("203.0.113.7, 203.0.113.8", token()).statusCode())
        .as("what the client itself wrote counts for nothing")
        .isEqualTo(200);
    assertThat(ask("", token()).statusCode()).as("this machine").isEqualTo(200);
  }

  @Test
  void anAddressOfVersion6IsItsNetwork() throws Exception {
    fail("2001:db8:1:2::3");
    assertThat(ask("2001:db8:1:2:ffff::4", token()).statusCode()).isEqualTo(429);
    assertThat(ask("2001:db8:1:3::3", token()).statusCode()).isEqualTo(200);
  }

  @Test
  void thisMachineIsNeverLockedOut() throws Exception {
    fail("");
    assertThat(ask("", "bad").statusCode()).isEqualTo(429);
    assertThat(ask("", token()).statusCode()).isEqualTo(200);
  }

  /** Until it is told that there were too many. */
  private void fail(String address) throws Exception {
    for (int i = 0; i < 1000; i++) {
      int status = ask(address, "bad" + i).statusCode();
      if (status == 429) {
        assertThat(i).isGreaterThanOrEqualTo(120);
        return;
      }
      assertThat(status).isEqualTo(401);
    }
    throw new AssertionError("1000 failures and no end");
  }

  private HttpResponse<String> ask(String from, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(desk.base() + "/edu/apps/" + TestServer.APP + "/v2/rooms/r"))
            .header("x-agora-token", token);
    if (!from.isEmpty()) {
      request.header("X-Forwarded-For", from);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String token() {
    return new EducationTokenBuilder2().buildAppToken(TestServer.APP, TestServer.CERTIFICATE, 3600);
  }
}
