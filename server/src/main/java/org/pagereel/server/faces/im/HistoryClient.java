package org.pagereel.server.faces.im;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.faces.im.HistoryFailure.Cure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Pulls the histories of groups from the vendor, or from a server like this one: pages of 20,
 * backwards from the newest. Any number of threads may pull at the same time.
 */
public final class HistoryClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryClient.class);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_WITHIN)
          .build();

  private final CountDownLatch closed = new CountDownLatch(1);
  private final HistoryCall call;
  private final Backoff backoff;

  public HistoryClient(HistoryAccess access, Backoff backoff) {
    this.call = new HistoryCall(http, access);
    this.backoff = backoff;
  }

  /**
   * Pulls what is older than what was pulled before, down to the first message. What was sent since
   * the first page is not part of it: pull when the class is over.
   *
   * @throws HistoryFailure as often as may be, or at once where repeating is of no use; all pages
   *     so far are with the caller, and the next pull goes on behind them
   */
  public Pulled pull(String groupId, PulledHistory history) {
    Pulled pulled = Pulled.NOTHING;
    int failures = 0;
    OptionalLong lowest = history.lowest();
    // Never asks for what is before the first: some servers take 0 for the newest.
    while (lowest.isEmpty() || lowest.getAsLong() > 1) {
      try {
        Optional<PulledPage> page = page(groupId, lowest);
        if (page.isEmpty()) {
          return pulled;
        }
        history.add(page.get());
        pulled = pulled.and(page.get());
        lowest = OptionalLong.of(page.get().lowest());
        failures = 0;
      } catch (HistoryFailure e) {
        failures++;
        if (isClosed() || !e.isWorthRepeating() || failures >= backoff.tries()) {
          throw e;
        }
        Duration pause = backoff.pause(failures, e.cure() == Cure.REPEAT_SLOWLY);
        LOG.info("{}; once more in {} ms", e.getMessage(), pause.toMillis());
        pulled = pulled.andFailedCall();
        await(groupId, pause);
      }
    }
    return pulled;
  }

  private Optional<PulledPage> page(String groupId, OptionalLong lowest) {
    @Nullable Long before = lowest.isEmpty() ? null : Long.valueOf(lowest.getAsLong());
    try {
      JsonNode list = call.list(groupId, before == null ? null : before - 1);
      return PageReader.read(list, before);
    } catch (InterruptedException e) {
      throw interrupted(groupId, e);
    }
  }

  private void await(String groupId, Duration pause) {
    try {
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new HistoryFailure(
            Cure.REPEAT, "The client was closed while it pulled the group " + groupId);
      }
    } catch (InterruptedException e) {
      throw interrupted(groupId, e);
    }
  }

  private static HistoryFailure interrupted(String groupId, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new HistoryFailure(
        Cure.NONE, "Pulling the history of the group " + groupId + " was interrupted", e);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Ends what is being pulled. */
  @Override
  public void close() {
    closed.countDown();
    http.shutdownNow();
  }
}
