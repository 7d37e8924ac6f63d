package org.pagereel.server.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.core.recording.Owners;
import org.pagereel.server.core.recording.RecordingWorker;
import org.pagereel.server.faces.operations.DrainRoute;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties a node that is to end. It takes no more work. Its recordings go on for as long as the
 * settings say; then it hands them over to other nodes, one at a time, so that these are not all
 * busy with starting at once. Each is recorded here until it is recorded elsewhere. What nobody
 * takes goes on here.
 */
final class Drain implements DrainRoute.Draining {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  /** The time that another node may take to record one; then the next one is offered as well. */
  private static final Duration TURN = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(250);

  private final Standing standing;
  private final RecordingWorker worker;
  private final Owners owners;
  private final Duration after;
  private final TimeSource time;
  private final AtomicBoolean on = new AtomicBoolean();

  /**
   * Of a node.
   *
   * @param after recordings go on here for so long
   */
  Drain(Standing standing, RecordingWorker worker, Owners owners, Duration after, TimeSource time) {
    this.standing = standing;
    this.worker = worker;
    this.owners = owners;
    this.after = after;
    this.time = time;
  }

  @Override
  public boolean isOn() {
    return on.get();
  }

  @Override
  public int left() {
    return owners.size();
  }

  /** Begins, once. */
  @Override
  public void begin() {
    if (on.compareAndSet(false, true)) {
      LOG.info("Takes no more work; {} recordings go on", owners.size());
      standing.drain();
      if (standing.hasPeers()) {
        Thread.ofVirtual().name("drain").start(this::empty);
      }
    }
  }

  /**
   * True when nothing is left; false when nobody is there to take it, or when this takes too long.
   *
   * @param last this time beside that for the hand-overs
   */
  boolean await(Duration last) {
    if (Await.until(after, () -> owners.size() == 0)) {
      return true;
    }
    Duration within = last.plus(TURN.multipliedBy(owners.size()));
    var _ = Await.until(within, () -> owners.size() == 0 || !standing.isAnotherUp());
    return owners.size() == 0;
  }

  private void empty() {
    Instant end = time.steady().plus(after);
    while (owners.size() > 0) {
      List<String> next = time.steady().isBefore(end) ? List.of() : recorded();
      if (next.isEmpty()) {
        var _ = Await.until(LOOK, () -> owners.size() == 0);
      } else {
        handOver(next.getFirst());
      }
    }
    LOG.info("Nothing is left here");
  }

  private List<String> recorded() {
    try {
      return worker.recorded();
    } catch (RuntimeException e) {
      LOG.warn("The store does not answer: nothing is handed over now ({})", e.toString());
      return List.of();
    }
  }

  private void handOver(String id) {
    try {
      if (worker.offer(id) && !Await.until(TURN, () -> !worker.has(id))) {
        LOG.warn("No other node has taken {} yet; it goes on here", id);
      }
    } catch (RuntimeException e) {
      LOG.warn("{} cannot be handed over now: {}", id, e.toString());
      var _ = Await.until(LOOK, () -> !worker.has(id));
    }
  }
}
