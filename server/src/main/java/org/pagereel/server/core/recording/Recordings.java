package org.pagereel.server.core.recording;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.process.Await;
import org.pagereel.server.core.queue.Claim;
import org.pagereel.server.core.queue.WorkQueue;

/** The core's service for faces: starts a recording, changes what is wanted of it, finds it. */
public final class Recordings {
  /** An API answers in a fifth of a second. */
  private static final Duration STOP_PATIENCE = Duration.ofMillis(150);

  private volatile boolean closed;
  private final Jdbi jdbi;
  private final Owners owners;
  private final WorkQueue queue;
  private final Announcer announcer;
  private final int mostQueued;
  private final Wake wake;
  private final InstantSource clock;

  public Recordings(
      Jdbi jdbi, Owners owners, WorkQueue queue, Announcer announcer, int mostQueued) {
    this(jdbi, owners, queue, announcer, mostQueued, Wake.NOBODY, InstantSource.system());
  }

  /** The same of a server among others. */
  public Recordings(
      Jdbi jdbi,
      Owners owners,
      WorkQueue queue,
      Announcer announcer,
      int mostQueued,
      Wake wake,
      InstantSource clock) {
    this.clock = clock;
    this.wake = wake;
    this.jdbi = jdbi;
    this.owners = owners;
    this.queue = queue;
    this.announcer = announcer;
    this.mostQueued = mostQueued;
  }

  /**
   * A face's order for a recording. The ticket is a secret's hash by which the recorder is known.
   */
  public record Order(
      String id,
      String face,
      String scope,
      String subject,
      RecordingSpec spec,
      boolean hold,
      String ticket,
      String extra) {}

  /**
   * Starts a recording; empty when the subject has a running one already.
   *
   * @throws QueueFull too many wait already
   */
  public Optional<Recording> start(Order order) {
    order.spec().request(order.id(), Attempt.ONLY, Path.of("/")); // its id is checked
    Optional<Recording> started =
        jdbi.inTransaction(handle -> {
          if (closed || RecordingStore.countIn(handle, RecordingState.QUEUED) >= mostQueued) {
            throw new QueueFull(mostQueued);
          }
          Recording recording = recording(order);
          if (!RecordingStore.insert(handle, recording)) {
            return Optional.empty();
          }
          announcer.changed(handle, recording, Optional.empty());
          wake.queue(handle);
          return RecordingStore.find(handle, order.id());
        });
    started.ifPresent(recording -> queue.lookNow());
    return started;
  }

  /** Wants something else of a running recording; empty when it is not running. */
  public Optional<Recording> want(String face, String scope, String subject, Desired desired) {
    return want(desired, handle -> RecordingStore.running(handle, face, scope, subject));
  }

  /**
   * The same for one that is known by its id.
   *
   * @param from empty when it is not so; of two who want the same at once, one is too late
   */
  public Optional<Recording> want(String id, Desired desired, Predicate<Recording> from) {
    return want(
        desired,
        handle -> RecordingStore.find(handle, id).filter(Recording::isRunning).filter(from));
  }

  private Optional<Recording> want(Desired desired, Function<Handle, Optional<Recording>> find) {
    EndCause by = desired == Desired.STOP ? EndCause.ASKED : null;
    Optional<Recording> wanted =
        jdbi.inTransaction(handle -> {
          Optional<Recording> running = find.apply(handle);
          if (running.isEmpty() || running.get().desired() == Desired.STOP) {
            return Optional.empty();
          }
          Recording changed = running.get().wanting(desired, by);
          RecordingStore.want(handle, changed.id(), desired, by);
          announcer.changed(handle, changed, Optional.empty());
          wake.owner(handle, changed);
          return Optional.of(changed);
        });
    wanted.ifPresent(recording -> owners.wake(recording.id()));
    wanted
        .filter(recording -> recording.state() == RecordingState.QUEUED)
        .filter(recording -> desired == Desired.STOP)
        .ifPresent(recording -> queue.lookNow());
    if (desired == Desired.STOP) {
      wanted.ifPresent(recording -> awaitStopped(recording.id()));
    }
    return wanted;
  }

  /** Its owner needs a moment; whoever has stopped a recording should not see it running. */
  private void awaitStopped(String id) {
    Await.until(STOP_PATIENCE, () -> isOver(id));
  }

  /** A stop that is stored is done, whether the store tells of it now or not. */
  private boolean isOver(String id) {
    try {
      return jdbi.withHandle(handle -> RecordingStore.find(handle, id))
          .filter(Recording::isRunning)
          .isEmpty();
    } catch (RuntimeException e) {
      return true;
    }
  }

  /** It has been told to stop and has not done so yet. */
  public boolean isStopping(String face, String scope, String subject) {
    return jdbi.withHandle(handle -> RecordingStore.running(handle, face, scope, subject))
        .filter(recording -> recording.desired() == Desired.STOP)
        .isPresent();
  }

  /** Refuses every start from now on. */
  public void close() {
    closed = true;
  }

  /** The page of a running recording is ready, whoever saw it. */
  public void confirmReady(String recordingId) {
    if (owners.confirmReady(recordingId)) {
      return;
    }
    jdbi.useTransaction(handle ->
        RecordingStore.find(handle, recordingId)
            .filter(Recording::isRunning)
            .ifPresent(recording -> {
              RecordingStore.confirm(handle, recording);
              wake.owner(handle, recording);
            }));
  }

  private Recording recording(Order order) {
    return new Recording(
        0,
        order.id(),
        order.face(),
        order.scope(),
        order.subject(),
        order.spec(),
        order.ticket(),
        order.extra(),
        order.hold() ? Desired.HOLD : Desired.RUN,
        new Status.Queued(AttemptHistory.NONE),
        null,
        null,
        clock.instant(),
        null,
        null,
        null,
        null,
        Claim.NONE,
        null);
  }
}
