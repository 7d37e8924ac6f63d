package org.pagereel.server.faces.agora;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.TestPages;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.platform.http.Hmac;
import tools.jackson.databind.JsonNode;

/** Every change is POSTed, signed, in order, and again until it is taken. */
@WholeMachine
class CallbackTest {
  @TempDir Path folder;

  @Test
  void changesArriveInOrderThoughTheReceiverStumbles() throws Exception {
    List<String> taken = new CopyOnWriteArrayList<>();
    List<String> signatures = new CopyOnWriteArrayList<>();
    int[] calls = new int[1];
    try (TestPages pages = new TestPages()) {
      String page = pages.html("still.html", "<body>still");
      String receiver =
          pages.handle(
              "notices",
              exchange -> {
                String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                byte[] key = "hush".getBytes(StandardCharsets.UTF_8);
                signatures.add(
                    exchange
                            .getRequestHeaders()
                            .getFirst("Agora-Signature")
                            .equals(Hmac.hex("HmacSHA1", key, body))
                        + "/"
                        + exchange
                            .getRequestHeaders()
                            .getFirst("Agora-Signature-V2")
                            .equals(Hmac.hex("HmacSHA256", key, body)));
                boolean stumbles = ++calls[0] % 2 == 1;
                if (!stumbles) {
                  taken.add(body);
                }
                TestPages.send(exchange, stumbles ? 500 : 200, "text/plain", "");
              });
      String settings =
          """
          apps:
            - id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              certificate: 0123456789abcdef0123456789abcdef
              callback: {url: '%s', secret: hush}
          network: {allow: [127.0.0.0/8]}
          """
              .formatted(receiver);
      try (TestServer server = new TestServer(folder, settings)) {
        AgoraClient client = server.client();
        client.create("r");
        client.start("r", "\"rootUrl\":\"" + page + "\",\"onhold\":true", "").ok();
        client.awaitRecord("r", record -> record.path("ready").asBoolean());
        client.stop("r").ok();
        client.awaitRecord("r", record -> record.path("state").asInt() == 0);
        int changes = client.events("r").size();
        assertThat(Await.until(Duration.ofSeconds(30), () -> taken.size() >= changes)).isTrue();
        List<Integer> states = new ArrayList<>();
        for (String body : taken) {
          JsonNode notice = Json.LINES.readTree(body);
          assertThat(notice.path("eventType").asInt()).isEqualTo(1001);
          assertThat(notice.path("payload").path("roomUuid").asString()).isEqualTo("r");
          states.add(notice.path("payload").path("state").asInt());
        }
        assertThat(states).containsExactly(-1, 1, 0);
        assertThat(
                taken.stream().map(body -> Json.LINES.readTree(body).path("noticeId")).distinct())
            .hasSize(3);
        assertThat(signatures).containsOnly("true/true");
        assertThat(calls[0]).isEqualTo(6);
      }
    }
    LeftoverCheck.assertNothingLeft();
  }
}
