package org.pagereel.server.platform.outbox;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A receiver that takes notices as they are, by the answer 200.
 *
 * @param pause between two tries
 * @param maxRetries after the first try
 */
record PlainTarget(String url, Duration pause, int maxRetries) implements Target {
  @Override
  public HttpRequest.Builder request(String body, Instant now) {
    return HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
  }

  @Override
  public boolean isNamedByCaller() {
    return false;
  }

  @Override
  public boolean takenBy(int status) {
    return status == 200;
  }

  @Override
  public Optional<Duration> pause(int triesBefore) {
    return triesBefore < maxRetries ? Optional.of(pause) : Optional.empty();
  }
}
