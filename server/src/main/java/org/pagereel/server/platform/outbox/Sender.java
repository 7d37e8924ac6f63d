package org.pagereel.server.platform.outbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.server.platform.store.StoreUnavailable;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what waits in the outbox: in order within a lane, again and again until it is taken. */
public final class Sender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final Duration EVERY = Duration.ofMillis(300);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Jdbi jdbi;
  private final TimeSource time;
  private final Function<String, Optional<Target>> targets;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
  private final HttpClient judged;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("outbox").factory());

  /**
   * Sends nothing yet.
   *
   * @param targets finds them by their names
   * @param proxy leads to addresses that callers may name, and nowhere else
   */
  public Sender(Jdbi jdbi, Function<String, Optional<Target>> targets, InetSocketAddress proxy) {
    this(jdbi, targets, proxy, TimeSource.system());
  }

  /** The same by another clock: its steady one says when a notice is tried again. */
  public Sender(
      Jdbi jdbi,
      Function<String, Optional<Target>> targets,
      InetSocketAddress proxy,
      TimeSource time) {
    this.jdbi = jdbi;
    this.targets = targets;
    this.time = time;
    judged =
        HttpClient.newBuilder()
            .connectTimeout(ANSWER_WITHIN)
            .proxy(ProxySelector.of(proxy))
            .build();
  }

  /** Begins to send; what an earlier process would have tried later is tried now. */
  public void open() {
    jdbi.useTransaction(Outbox::scheduleNow);
    var _ = timer.scheduleWithFixedDelay(this::round, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void round() {
    try {
      for (Outbox.Notice notice : jdbi.withHandle(handle -> Outbox.due(handle, time.steady()))) {
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
      Optional<Target> target = targets.apply(notice.target());
      if (target.isEmpty() || post(target.get(), notice)) {
        store(handle -> Outbox.done(handle, notice, time.wall()));
        return;
      }
      Optional<Duration> pause = target.get().pause(notice.tries());
      if (pause.isEmpty()) {
        LOG.error("Nobody took the notice {} for {}", notice.number(), notice.target());
      }
      store(handle -> {
        if (pause.isEmpty()) {
          Outbox.done(handle, notice, time.wall());
        } else {
          Outbox.retry(handle, notice, time.steady().plus(pause.get()));
        }
      });
    } catch (RuntimeException e) {
      LOG.warn("Cannot send the notice {}", notice.number(), e);
    } finally {
      busy.remove(notice.lane());
    }
  }

  /**
   * Stores that a notice was sent. This and its lane wait for the store: otherwise it is sent
   * twice.
   */
  private void store(Consumer<Handle> outcome) {
    while (!timer.isShutdown()) {
      try {
        jdbi.useTransaction(outcome::accept);
        return;
      } catch (StoreUnavailable e) {
        LOG.debug("What became of a notice is stored later", e);
        LockSupport.parkNanos(EVERY.toNanos());
      }
    }
  }

  private boolean post(Target target, Outbox.Notice notice) {
    try {
      HttpRequest request =
          target.request(notice.body(), time.wall()).timeout(ANSWER_WITHIN).build();
      HttpClient way = target.isNamedByCaller() ? judged : client;
      int status = way.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return target.takenBy(status);
    } catch (IOException | IllegalArgumentException e) {
      LOG.info("The notice {} for {}: {}", notice.number(), notice.target(), e.toString());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.shutdownNow();
    judged.shutdownNow();
  }
}
