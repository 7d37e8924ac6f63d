package org.pagereel.server.faces.tencent;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.outbox.Target;
import tools.jackson.databind.node.ObjectNode;

/**
 * An app's callback. The signature has a time limit of its own, so it is made when the event is
 * sent (docs/vendors/tencent.md, "Callbacks").
 *
 * @param pause between two tries
 */
record CallbackTarget(Callback callback, Duration pause) implements Target {
  private static final int MAX_RETRIES = 10;
  private static final Duration SIGNATURE_LIFE = Duration.ofMinutes(10);

  @Override
  public HttpRequest.Builder request(String body, Instant now) {
    ObjectNode event = (ObjectNode) Json.LINES.readTree(body);
    if (!callback.key().isEmpty()) {
      long expires = now.plus(SIGNATURE_LIFE).getEpochSecond();
      event.put("ExpireTime", expires);
      event.put("Sign", sign(callback.key(), expires));
    }
    return HttpRequest.newBuilder(URI.create(callback.url()))
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(HttpRequest.BodyPublishers.ofString(event.toString()));
  }

  @Override
  public boolean isNamedByCaller() {
    return true;
  }

  @Override
  public boolean takenBy(int status) {
    return status == 200;
  }

  @Override
  public Optional<Duration> pause(int triesBefore) {
    return triesBefore < MAX_RETRIES ? Optional.of(pause) : Optional.empty();
  }

  /** The vendor's form: md5 of the key with the time behind it. */
  static String sign(String key, long expires) {
    return Md5.hex(key + expires);
  }
}
