package org.pagereel.server.faces;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.pagereel.server.platform.outbox.Target;

/** Where the test face's notices go: as they are, until the answer is 200. */
record TestTarget(String url) implements Target {
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
    return Optional.of(Duration.ofMillis(100));
  }
}
