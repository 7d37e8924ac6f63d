package org.pagereel.server.outbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.config.Settings.Webhook;
import org.pagereel.server.http.Hmac;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what waits in the outbox: in order within a lane, again and again until it is taken. */
public final class Sender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final Duration EVERY = Duration.ofMillis(300);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** After a day of trying, one of a pause's five minutes each, nobody is listening any more. */
  private static final int MOST_TRIES = 300;

  private final Jdbi jdbi;
  private final Function<String, Optional<Webhook>> targets;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("outbox").factory());

  public Sender(Jdbi jdbi, Function<String, Optional<Webhook>> targets) {
    this.jdbi = jdbi;
    this.targets = targets;
  }

  public void open() {
    var _ = timer.scheduleWithFixedDelay(this::round, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void round() {
    try {
      for (Outbox.Notice notice : jdbi.withHandle(handle -> Outbox.due(handle, Instant.now()))) {
        if (busy.add(notice.lane())) {
          Thread.ofVirtual().start(() -> send(notice));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("Cannot look into the outbox", e);
    }
  }

  private void send(Outbox.Notice notice) {
    try {
      if (!jdbi.withHandle(handle -> Outbox.isWaiting(handle, notice))) {
        return; // sent while this round was being read
      }
      Optional<Webhook> target = targets.apply(notice.target());
      boolean taken = target.isEmpty() || post(target.get(), notice.body());
      boolean givenUp = !taken && notice.tries() >= MOST_TRIES;
      if (givenUp) {
        LOG.error("Nobody took the notice {}", notice.number());
      }
      jdbi.useHandle(handle -> {
        if (taken || givenUp) {
          Outbox.done(handle, notice, Instant.now());
        } else {
          Outbox.retry(handle, notice, Instant.now().plus(pause(notice.tries())));
        }
      });
    } catch (RuntimeException e) {
      LOG.warn("Cannot send the notice {}", notice.number(), e);
    } finally {
      busy.remove(notice.lane());
    }
  }

  private boolean post(Webhook target, String body) {
    byte[] key = target.secret().getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(target.url()))
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Agora-Signature", Hmac.hex("HmacSHA1", key, body))
            .header("Agora-Signature-V2", Hmac.hex("HmacSHA256", key, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration pause(int tries) {
    Duration pause = Duration.ofSeconds(1L << Math.min(tries, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.shutdownNow();
  }
}
