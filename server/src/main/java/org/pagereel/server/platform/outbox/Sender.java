package org.pagereel.server.platform.outbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.pagereel.recorder.process.Await;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.http.Answer;
import org.pagereel.server.platform.store.StoreUnavailable;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the outbox: in order within a lane, again and again until it is taken. Each
 * receiver has a few connections of its own, so one that does not answer delays nobody else.
 */
public final class Sender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final Duration EVERY = Duration.ofMillis(300);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  /** What is on its way when this ends has so long: otherwise it is sent twice. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

  /** The most notices that are on their way to one receiver. */
  static final int MAX_AT_ONCE = 4;

  /** The most notices that wait for one receiver: a day of many rooms, and no full disk. */
  static final int MAX_WAITING = 20_000;

  /** Looks for receivers with too many notices. */
  private static final Duration TRIM = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final TimeSource time;
  private final Standing standing;
  private final Function<String, Optional<Target>> targets;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
  private final HttpClient judged;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private volatile boolean abandoned;
  private boolean sends;
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
    this(jdbi, targets, proxy, time, Standing.alone("", time::steady));
  }

  /** The same of a server among others: one of them sends. */
  public Sender(
      Jdbi jdbi,
      Function<String, Optional<Target>> targets,
      InetSocketAddress proxy,
      TimeSource time,
      Standing standing) {
    this.standing = standing;
    this.jdbi = jdbi;
    this.targets = targets;
    this.time = time;
    judged =
        HttpClient.newBuilder()
            .connectTimeout(ANSWER_WITHIN)
            .proxy(ProxySelector.of(proxy))
            .build();
  }

  /** Begins to send, as soon as it is this server's turn. */
  public void open() {
    var _ = timer.scheduleWithFixedDelay(this::round, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    var _ = timer.scheduleWithFixedDelay(this::trim, 0, TRIM.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void trim() {
    try {
      if (!standing.leads("outbox", Standing.SOME_TIME)) {
        return;
      }
      int dropped =
          jdbi.inTransaction(handle -> Outbox.giveUpBeyond(handle, MAX_WAITING, time.wall()));
      if (dropped > 0) {
        LOG.error(
            "{} notices are given up: more than {} wait for a receiver", dropped, MAX_WAITING);
      }
    } catch (RuntimeException e) {
      LOG.warn("Cannot look for receivers with too many notices", e);
    }
  }

  private void round() {
    try {
      if (!isOurs()) {
        return;
      }
      for (Outbox.Notice notice : due()) {
        if (busy.add(notice.lane())) {
          Thread.ofVirtual().start(() -> send(notice));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("Cannot look into the outbox", e);
    }
  }

  /** What another server, or an earlier process, would have tried later is tried now. */
  private boolean isOurs() {
    boolean before = sends;
    sends = standing.leads("outbox", Standing.SOME_TIME);
    if (sends && !before) {
      sends = false;
      jdbi.useTransaction(Outbox::scheduleNow);
      sends = true;
    }
    return sends;
  }

  private List<Outbox.Notice> due() {
    return jdbi.withHandle(handle -> Outbox.due(handle, standing.now(), MAX_AT_ONCE));
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
      Optional<Duration> pause = pause(target.get(), notice);
      if (pause.isEmpty()) {
        LOG.error("Nobody took the notice {} for {}", notice.number(), notice.target());
      }
      store(handle -> {
        if (pause.isEmpty()) {
          Outbox.giveUp(handle, notice, time.wall());
        } else {
          Outbox.retry(handle, notice, standing.now().plus(pause.get()));
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
    while (!abandoned) {
      try {
        jdbi.useTransaction(outcome::accept);
        return;
      } catch (StoreUnavailable e) {
        LOG.debug("What became of a notice is stored later", e);
        LockSupport.parkNanos(EVERY.toNanos());
      }
    }
  }

  /** One that has waited behind others for too long is tried once, and not for a day of its own. */
  private Optional<Duration> pause(Target target, Outbox.Notice notice) {
    boolean isOld =
        notice.added().isAfter(Instant.EPOCH)
            && notice.added().plus(target.longest()).isBefore(time.wall());
    return isOld ? Optional.empty() : target.pause(notice.tries());
  }

  private boolean post(Target target, Outbox.Notice notice) {
    try {
      HttpRequest request =
          target.request(notice.body(), time.wall()).timeout(ANSWER_WITHIN).build();
      HttpClient way = target.isNamedByCaller() ? judged : client;
      int status =
          Answer.of(way, request, HttpResponse.BodyHandlers.discarding(), ANSWER_WITHIN)
              .statusCode();
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
    timer.shutdown();
    var _ = Await.until(LAST_ANSWERS, busy::isEmpty);
    abandoned = true;
    timer.shutdownNow();
    client.shutdownNow();
    judged.shutdownNow();
  }
}
