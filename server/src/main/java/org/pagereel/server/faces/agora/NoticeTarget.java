package org.pagereel.server.faces.agora;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pagereel.server.platform.config.Settings.Webhook;
import org.pagereel.server.platform.http.Hmac;
import org.pagereel.server.platform.outbox.Target;

/** An app's callback: signed in two headers, tried for a day. */
public record NoticeTarget(Webhook webhook) implements Target {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** After a day of trying, one of a pause's five minutes each, nobody is listening any more. */
  private static final int MAX_TRIES = 300;

  @Override
  public HttpRequest.Builder request(String body, Instant now) {
    byte[] key = webhook.secret().getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create(webhook.url()))
        .header("Content-Type", "application/json; charset=utf-8")
        .header("Agora-Signature", Hmac.hex("HmacSHA1", key, body))
        .header("Agora-Signature-V2", Hmac.hex("HmacSHA256", key, body))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  @Override
  public boolean isNamedByCaller() {
    return false;
  }

  @Override
  public boolean takenBy(int status) {
    return status >= 200 && status < 300;
  }

  @Override
  public Optional<Duration> pause(int triesBefore) {
    if (triesBefore >= MAX_TRIES) {
      return Optional.empty();
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(triesBefore, 10));
    return Optional.of(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }
}
