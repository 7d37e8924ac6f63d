package org.pagereel.server.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.child.Await;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.node.Admission;
import org.pagereel.server.supervisor.Recorder;
import org.pagereel.server.supervisor.Recorders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Takes recordings from the queue and owns them until they end. */
public final class RecordingWorker implements RecordingQueue.Worker {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingWorker.class);

  private final Jdbi jdbi;
  private final Announcer announcer;
  private final Owners owners;
  private final Admission admission;
  private final Recorders recorders;
  private final Path folder;

  /** Makes the worker; each recording has its own folder below the one given. */
  public RecordingWorker(
      Jdbi jdbi,
      Announcer announcer,
      Owners owners,
      Admission admission,
      Recorders recorders,
      Path folder) {
    this.jdbi = jdbi;
    this.announcer = announcer;
    this.owners = owners;
    this.admission = admission;
    this.recorders = recorders;
    this.folder = folder;
  }

  @Override
  public boolean work(String recordingId) {
    Optional<Recording> found = jdbi.withHandle(handle -> RecordingStore.find(handle, recordingId));
    if (found.isEmpty() || found.get().state().isEnded()) {
      return true;
    }
    Recording recording = found.get();
    RecordingOwner owner = new RecordingOwner(jdbi, announcer, new NodeCrew(), recording);
    if (!admit(recording) || !owners.add(recordingId, owner)) {
      return false;
    }
    try (var _ = MDC.putCloseable("recording", recordingId);
        var _ = MDC.putCloseable("room", recording.subject())) {
      owner.run();
      return jdbi.withHandle(handle -> RecordingStore.find(handle, recordingId))
          .map(now -> now.state().isEnded())
          .orElse(true);
    } catch (RuntimeException e) {
      LOG.error("Recording {} lost its owner", recordingId, e);
      throw e;
    } finally {
      owners.remove(recordingId, owner);
      admission.leave(recordingId);
    }
  }

  /** One that has begun already goes on, whatever the machine thinks of it. */
  private boolean admit(Recording recording) {
    boolean waits =
        recording.state() == RecordingState.QUEUED && recording.desired() != Desired.STOP;
    if (waits) {
      return admission.admit(recording.id(), Instant.now());
    }
    admission.enter(recording.id(), Instant.now());
    return true;
  }

  /** Every running recording of this node is told to stop; true when all have ended in time. */
  public boolean stopAll(Duration within) {
    for (String id : owners.ids()) {
      jdbi.useHandle(handle -> RecordingStore.want(handle, id, Desired.STOP, Ended.ASKED));
      owners.wake(id);
    }
    return Await.until(within, () -> owners.size() == 0);
  }

  private final class NodeCrew implements RecordingOwner.Crew {
    @Override
    public Recorder start(RecordingRequest request, Consumer<Event> listener) throws IOException {
      return recorders.start(request, listener);
    }

    @Override
    public Event complete(String recordingId, @Nullable String cause, Consumer<Event> listener)
        throws InterruptedException {
      return recorders.complete(recordingId, folder(recordingId), cause, listener);
    }

    @Override
    public Path folder(String recordingId) {
      return folder.resolve(recordingId);
    }
  }
}
