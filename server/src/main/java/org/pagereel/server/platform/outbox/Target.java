package org.pagereel.server.platform.outbox;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A receiver of notices: makes each one's request, and has the rule for one that was not taken. */
public interface Target {
  /**
   * The request, made anew for every try, because a signature may expire.
   *
   * @param body as it was put into the outbox
   * @throws IllegalArgumentException nothing can be sent to this address
   */
  HttpRequest.Builder request(String body, Instant now);

  /**
   * Whether a caller named the address: then it must be one that recorded pages may reach. What the
   * settings name may lie anywhere.
   */
  boolean isNamedByCaller();

  /** Whether an answer with this HTTP status means that the notice was taken. */
  boolean takenBy(int status);

  /**
   * How long to wait for the next try; empty gives the notice up.
   *
   * @param triesBefore the number of failed tries before the last one
   */
  Optional<Duration> pause(int triesBefore);

  /** A notice that is older, because it waited behind others, is tried once more at the most. */
  default Duration longest() {
    return Duration.ofDays(1);
  }
}
