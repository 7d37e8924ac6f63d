package org.pagereel.server.core.recording;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.queue.WorkKind;
import org.pagereel.server.platform.node.Admission;
import org.pagereel.server.platform.supervisor.Patience;
import org.pagereel.server.platform.supervisor.Recorder;
import org.pagereel.server.platform.supervisor.Recorders;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Takes recordings from the queue and owns them until they end. */
public final class RecordingWorker implements WorkKind {
  /** The name of this work in the queue. */
  static final String KIND = "recording";

  private static final Logger LOG = LoggerFactory.getLogger(RecordingWorker.class);
  private static final Duration PUT_OFF = Duration.ofSeconds(10);
  private static final Duration MAX_PUT_OFF = Duration.ofMinutes(10);

  private final Jdbi jdbi;
  private final Announcer announcer;
  private final Owners owners;
  private final Admission admission;
  private final Recorders recorders;
  private final FileStore files;
  private final TimeSource time;
  private final Patience patience;
  private final Map<String, Integer> putOff = new ConcurrentHashMap<>();

  public RecordingWorker(
      Jdbi jdbi,
      Announcer announcer,
      Owners owners,
      Admission admission,
      Recorders recorders,
      FileStore files,
      TimeSource time,
      Patience patience) {
    this.jdbi = jdbi;
    this.announcer = announcer;
    this.owners = owners;
    this.admission = admission;
    this.recorders = recorders;
    this.files = files;
    this.time = time;
    this.patience = patience;
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> unfinished(Handle handle) {
    return RecordingStore.unfinished(handle);
  }

  @Override
  public Optional<String> first(Handle handle) {
    return RecordingStore.oldestQueued(handle);
  }

  /** Whether a recording waits for room. */
  public boolean isAnyQueued() {
    return jdbi.withHandle(handle -> RecordingStore.countIn(handle, RecordingState.QUEUED)) > 0;
  }

  @Override
  public boolean work(String recordingId) {
    Optional<Recording> found = find(recordingId);
    if (found.isEmpty() || found.get().state().isEnded()) {
      return true;
    }
    Recording recording = found.get();
    if (!admit(recording)) {
      return false;
    }
    RecordingOwner owner =
        new RecordingOwner(jdbi, announcer, new NodeCrew(), time, patience, recording);
    if (!owners.add(recordingId, owner)) {
      return joined(recordingId);
    }
    try (var _ = MDC.putCloseable("recording", recordingId);
        var _ = MDC.putCloseable("room", recording.subject())) {
      owner.run();
    } finally {
      owners.remove(recordingId, owner);
      admission.leave(recordingId);
    }
    boolean ended = owner.hasEnded();
    if (ended || Thread.currentThread().isInterrupted()) {
      putOff.remove(recordingId);
    } else {
      LOG.warn("The files of {} cannot be completed now; tried again", recordingId);
      putOff.merge(recordingId, 1, Integer::sum);
    }
    return ended;
  }

  /** Claimed twice: the second one keeps it in the queue as long as the first has it. */
  private boolean joined(String recordingId) {
    try {
      owners.awaitEnd(recordingId);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return find(recordingId).map(now -> now.state().isEnded()).orElse(true);
  }

  /** Files that could not be completed are tried again less and less often. */
  @Override
  public Duration pause(String recordingId) {
    int tries = putOff.getOrDefault(recordingId, 0);
    if (tries == 0) {
      return WorkKind.super.pause(recordingId);
    }
    Duration pause = PUT_OFF.multipliedBy(1L << Math.min(tries - 1, 10));
    return pause.compareTo(MAX_PUT_OFF) < 0 ? pause : MAX_PUT_OFF;
  }

  private Optional<Recording> find(String recordingId) {
    return jdbi.withHandle(handle -> RecordingStore.find(handle, recordingId));
  }

  /** One that has begun already goes on, whatever the machine thinks of it. */
  private boolean admit(Recording recording) {
    boolean waits =
        recording.state() == RecordingState.QUEUED && recording.desired() != Desired.STOP;
    if (waits) {
      return admission.admit(recording.id(), time.steady());
    }
    admission.enter(recording.id(), time.steady());
    return true;
  }

  /**
   * Every running recording of this node is told to stop; true when all have ended in time. What
   * cannot be told because the store does not answer goes on after the next start.
   */
  public boolean stopAll(Duration within) {
    Set<String> told = new HashSet<>();
    return Await.until(
        within,
        () -> {
          owners.ids().stream().filter(id -> !told.contains(id) && stop(id)).forEach(told::add);
          return owners.size() == 0;
        });
  }

  private boolean stop(String id) {
    try {
      jdbi.useTransaction(handle -> RecordingStore.end(handle, id, EndCause.ASKED));
      owners.wake(id);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("Cannot stop {} now: {}", id, e.toString());
      return false;
    }
  }

  private final class NodeCrew implements RecordingOwner.RecorderAccess {
    @Override
    public Recorder start(RecordingRequest request, Consumer<Event> listener) throws IOException {
      return recorders.start(request, listener);
    }

    @Override
    public Event complete(String recordingId, @Nullable String cause, Consumer<Event> listener)
        throws InterruptedException {
      return recorders.complete(recordingId, files.workplace(recordingId), cause, listener);
    }

    @Override
    public FileStore files() {
      return files;
    }
  }
}
