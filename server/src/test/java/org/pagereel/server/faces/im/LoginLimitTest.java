package org.pagereel.server.faces.im;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.usersig.NewUserSig;

/** Wrong UserSigs are refused unseen after a while, in the vendor's shape. */
class LoginLimitTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  @Test
  void anAddressIsRefusedWithoutALook() throws Exception {
    try (ImTestServer desk =
        new ImTestServer(folder, ImTestServer.SETTINGS + "proxies: [127.0.0.1]\n")) {
      String used = sig(3600);
      assertThat(code(ask(desk, "203.0.113.7", used))).isEqualTo(ImCode.NO_GROUP.number());
      for (int i = 0; i < 121; i++) {
        assertThat(code(ask(desk, "203.0.113.7", "bad" + i)))
            .isEqualTo(ImCode.SIG_UNREADABLE.number());
      }
      HttpResponse<String> refused = ask(desk, "203.0.113.7", sig(3601));
      assertThat(refused.statusCode()).isEqualTo(200);
      assertThat(code(refused)).isEqualTo(ImCode.TOO_OFTEN.number());
      assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d*");
      assertThat(code(ask(desk, "203.0.113.7", used)))
          .as("was good before")
          .isEqualTo(ImCode.NO_GROUP.number());
      assertThat(code(ask(desk, "203.0.113.8", sig(3602))))
          .as("elsewhere")
          .isEqualTo(ImCode.NO_GROUP.number());
    }
  }

  private static String sig(int seconds) {
    return NewUserSig.of(
        ImTestServer.APP, "admin", ImTestServer.KEY, Instant.now(), Duration.ofSeconds(seconds));
  }

  private static int code(HttpResponse<String> answer) {
    return Json.LINES.readTree(answer.body()).path("ErrorCode").asInt();
  }

  private static HttpResponse<String> ask(ImTestServer desk, String from, String sig)
      throws Exception {
    URI uri =
        desk.address()
            .resolve(
                "/v4/group_open_http_svc/destroy_group?"
                    + ImTestServer.query(ImTestServer.APP, "admin", sig));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("X-Forwarded-For", from)
            .POST(HttpRequest.BodyPublishers.ofString("{\"GroupId\":\"nowhere\"}"))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
