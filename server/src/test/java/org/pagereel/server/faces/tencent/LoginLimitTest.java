package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.wire.Json;

/** Wrong signatures are refused unseen after a while, in the vendor's shape. */
class LoginLimitTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  @Test
  void anAddressIsRefusedWithoutALook() throws Exception {
    try (TencentTestServer desk =
        new TencentTestServer(folder, TencentTestServer.SETTINGS + "proxies: [127.0.0.1]\n")) {
      for (int i = 0; i < 121; i++) {
        assertThat(code(ask(desk, "203.0.113.7"))).isEqualTo("AuthFailure.SignatureFailure");
      }
      HttpResponse<String> refused = ask(desk, "203.0.113.7");
      assertThat(refused.statusCode()).isEqualTo(200);
      assertThat(code(refused)).isEqualTo("RequestLimitExceeded");
      assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d*");
      assertThat(code(ask(desk, "203.0.113.8"))).isEqualTo("AuthFailure.SignatureFailure");
      // The vendor's own client, which no proxy stands before.
      desk.client().StartOnlineRecord(TencentTestServer.start(TencentTestServer.APP, "u"));
    }
  }

  private static String code(HttpResponse<String> answer) {
    return Json.LINES
        .readTree(answer.body())
        .path("Response")
        .path("Error")
        .path("Code")
        .asString("");
  }

  private static HttpResponse<String> ask(TencentTestServer desk, String from) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.port() + "/"))
            .header("X-Forwarded-For", from)
            .header("Authorization", "TC3-HMAC-SHA256 nonsense")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
