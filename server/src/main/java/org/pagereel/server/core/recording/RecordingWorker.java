package org.pagereel.server.core.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.queue.Claim;
import org.pagereel.server.core.queue.WorkKind;
import org.pagereel.server.core.queue.WorkQueue;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.node.Admission;
import org.pagereel.server.platform.node.Demand;
import org.pagereel.server.platform.node.DiskAccount;
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

  /** Other nodes may try meanwhile; every try costs a browser. */
  private static final Duration REFUSED = Duration.ofSeconds(20);

  private static final Duration MAX_PUT_OFF = Duration.ofMinutes(10);

  /** More need not be looked at to know who has waited too long. */
  private static final int LOOK_AHEAD = 1000;

  /** Of more nodes than that some try the same. */
  private static final int MOST_RIVALS = 50;

  private static final Duration LOOK_AT_ALL = Duration.ofSeconds(1);

  private final String node;
  private final Jdbi jdbi;
  private final Announcer announcer;
  private final Owners owners;
  private final Admission admission;
  private final DiskAccount disk;
  private final Recorders recorders;
  private final FileStore files;
  private final Standing standing;
  private final TimeSource time;
  private final Patience patience;
  private final RowWatch rows;
  private final Duration longestWait;
  private final Map<String, Integer> putOff = new ConcurrentHashMap<>();

  /** What was given back to the node that had offered it, and until when this one keeps away. */
  private final Map<String, Instant> refused = new ConcurrentHashMap<>();

  /** The recorder of each recording that one was started for here. */
  private final Map<String, Recorder> working = new ConcurrentHashMap<>();

  private Instant lookedAtAll = Instant.EPOCH;

  /** When each waiting recording was first seen, in steady time. */
  private final Map<String, Instant> waitsSince = new ConcurrentHashMap<>();

  /**
   * Makes the worker.
   *
   * @param node this node's name in the store
   */
  public RecordingWorker(
      String node,
      Jdbi jdbi,
      Announcer announcer,
      Owners owners,
      Admission admission,
      DiskAccount disk,
      Recorders recorders,
      FileStore files,
      Standing standing,
      TimeSource time,
      Patience patience,
      Duration longestWait) {
    this.longestWait = longestWait;
    this.node = node;
    this.jdbi = jdbi;
    this.announcer = announcer;
    this.owners = owners;
    this.admission = admission;
    this.disk = disk;
    this.recorders = recorders;
    this.files = files;
    this.standing = standing;
    this.time = time;
    this.patience = patience;
    this.rows = new RowWatch(jdbi, node, patience.look().dividedBy(2));
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> begun(Handle handle) {
    return RecordingStore.begun(handle);
  }

  /**
   * First come, first served: if there is no room for the oldest, none of the others gets it. Where
   * nodes take at the same time, each takes one of the oldest.
   */
  @Override
  public Optional<String> letIn(Set<String> letIn, Duration leastWait) {
    Optional<String> stopped =
        jdbi.withHandle(RecordingStore::stoppedWaiting).stream()
            .filter(id -> !letIn.contains(id))
            .findFirst();
    if (stopped.isPresent()) {
      return stopped; // it needs no room to end
    }
    Instant now = time.steady();
    int choice = 1 + Math.min(standing.rivals(), MOST_RIVALS);
    int most = letIn.size() + choice; // these may still seem to wait
    List<String> oldest = jdbi.withHandle(handle -> RecordingStore.waiting(handle, most));
    if (oldest.isEmpty()) {
      waitsSince.clear();
      return Optional.empty();
    }
    if (!now.isBefore(lookedAtAll.plus(LOOK_AT_ALL))) {
      lookedAtAll = now;
      note(jdbi.withHandle(handle -> RecordingStore.waiting(handle, LOOK_AHEAD)), now);
    }
    oldest.forEach(id -> waitsSince.putIfAbsent(id, now));
    return anyOf(oldest.stream().filter(id -> !letIn.contains(id)).limit(choice).toList())
        .filter(id -> hasWaited(id, now, leastWait))
        .filter(id -> hasWaitedTooLong(id, now) || isAdmitted(id));
  }

  /**
   * Nodes that have as much room look at the same time: if all tried the oldest, all but one would
   * have tried in vain.
   */
  private static Optional<String> anyOf(List<String> oldest) {
    return oldest.isEmpty()
        ? Optional.empty()
        : Optional.of(oldest.get(ThreadLocalRandom.current().nextInt(oldest.size())));
  }

  private void note(List<String> waiting, Instant now) {
    waitsSince.keySet().retainAll(Set.copyOf(waiting));
    waiting.forEach(id -> waitsSince.putIfAbsent(id, now));
  }

  @Override
  public void passed(String recordingId) {
    admission.leave(recordingId);
    disk.forget(recordingId);
  }

  @Override
  public Claim claim(String recordingId) {
    return find(recordingId).map(Recording::claim).orElse(Claim.NONE);
  }

  /** Nobody is refused who is to end, or whose node is gone. */
  @Override
  public boolean refuses(String recordingId) {
    Instant now = time.steady();
    refused.values().removeIf(until -> !now.isBefore(until));
    return refused.containsKey(recordingId)
        && find(recordingId)
            .filter(recording -> recording.desired() != Desired.STOP)
            .map(recording -> recording.claim().owner())
            .filter(standing::isThere)
            .isPresent();
  }

  private boolean isAdmitted(String id) {
    return find(id)
        .filter(recording -> recording.state() == RecordingState.QUEUED)
        .filter(this::admit)
        .isPresent();
  }

  private boolean admit(Recording recording) {
    return admission.admit(recording.id(), demand(recording));
  }

  private static Demand demand(Recording recording) {
    return recording.spec().demand(recording.face(), recording.scope());
  }

  private boolean hasWaitedTooLong(String id, Instant now) {
    return hasWaited(id, now, longestWait);
  }

  private boolean hasWaited(String id, Instant now, Duration time) {
    return !now.isBefore(waitsSince.getOrDefault(id, now).plus(time));
  }

  /** Whether a recording waits for room. */
  public boolean isAnyQueued() {
    return jdbi.withHandle(handle -> RecordingStore.countIn(handle, RecordingState.QUEUED)) > 0;
  }

  @Override
  public Outcome work(String recordingId) {
    Optional<Recording> found = find(recordingId);
    if (found.isEmpty() || found.get().state().isEnded()) {
      admission.leave(recordingId);
      disk.forget(recordingId);
      return Outcome.DONE;
    }
    Recording recording = found.get();
    boolean waits =
        recording.state() == RecordingState.QUEUED && recording.desired() != Desired.STOP;
    boolean isLate = waits && hasWaitedTooLong(recordingId, time.steady());
    if (waits && !isLate && !admit(recording)) {
      return Outcome.WAITS;
    }
    boolean isOffer = recording.claim().offered() && !node.equals(recording.claim().owner());
    if (isOffer && !admit(recording)) {
      return Outcome.AGAIN; // it goes on where it is
    }
    admission.enter(recordingId, demand(recording)); // what has begun goes on, whatever the load
    RecordingOwner owner =
        new RecordingOwner(node, jdbi, announcer, new NodeCrew(), rows, time, patience, recording);
    if (!owners.add(recordingId, owner)) {
      return joined(recordingId) ? Outcome.DONE : Outcome.AGAIN;
    }
    try (var _ = MDC.putCloseable("recording", recordingId);
        var _ = MDC.putCloseable("room", recording.subject())) {
      owner.run(isLate ? new Happening.Overdue() : claimed(recording));
    } finally {
      owners.remove(recordingId, owner);
      working.remove(recordingId);
      admission.leave(recordingId);
    }
    boolean ended = owner.hasEnded();
    if (ended) {
      disk.forget(recordingId); // others must leave room for files that could not be made yet
    }
    if (owner.isGivenBack()) {
      refused.put(recordingId, time.steady().plus(REFUSED));
    } else if (ended || owner.isSucceeded() || Thread.currentThread().isInterrupted()) {
      putOff.remove(recordingId);
    } else {
      LOG.warn("The files of {} cannot be completed now; tried again", recordingId);
      putOff.merge(recordingId, 1, Integer::sum);
    }
    if (find(recordingId).filter(now -> now.claim().offered()).isPresent()) {
      return Outcome.OFFERED;
    }
    return ended ? Outcome.DONE : Outcome.AGAIN;
  }

  private Happening claimed(Recording recording) {
    Claim before = recording.claim();
    return new Happening.Claimed(
        node.equals(before.owner()) ? null : before.owner(), before.offered());
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

  /** What this node records and others could go on with, the oldest first. */
  public List<String> recorded() {
    return jdbi.withHandle(handle -> RecordingStore.recordedBy(handle, node));
  }

  /**
   * Offers a recording to the other nodes. This one goes on until another has stored a packet of
   * it.
   *
   * @return false when it is not this node's any more
   */
  public boolean offer(String id) {
    return jdbi.inTransaction(handle -> {
      boolean offered = RecordingStore.offer(handle, id, node);
      if (offered) {
        WorkQueue.free(handle, KIND, id, node);
      }
      return offered;
    });
  }

  /** Whether this node records it, or did a moment ago. */
  public boolean has(String id) {
    return owners.ids().contains(id);
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

  /** Takes note of what a recording uses, and tells its recorder what the others need. */
  private void account(String id, Event event) {
    if (event instanceof Event.Recording) {
      admission.records(id);
    } else if (event instanceof Event.Paused) {
      admission.rests(id);
    } else if (event instanceof Event.Finishing) {
      disk.finishes(id, () -> made(id));
    } else if (event instanceof Event.Progress progress) {
      disk.needs(id, progress.bytesAtEnd());
      Recorder recorder = working.get(id);
      if (recorder != null) {
        recorder.send(new Command.Leave(disk.neededByOthers(id)));
      }
    }
  }

  /** The bytes of what was made of a recording's slices. */
  private long made(String id) {
    return files.bytes(id, name -> !name.endsWith(".ts"));
  }

  private final class NodeCrew implements RecordingOwner.RecorderAccess {
    @Override
    public Recorder start(RecordingRequest request, Consumer<Event> listener) throws IOException {
      Recorder recorder =
          recorders.start(
              request,
              event -> {
                account(request.id(), event);
                listener.accept(event);
              });
      admission.runs(request.id(), recorder.pid());
      working.put(request.id(), recorder);
      return recorder;
    }

    @Override
    public Event complete(
        String recordingId, long part, Report.@Nullable Failure cause, Consumer<Event> listener)
        throws InterruptedException {
      long atEnd = files.bytes(recordingId, name -> name.endsWith(".ts"));
      disk.needs(recordingId, atEnd);
      disk.finishes(recordingId, () -> made(recordingId));
      Path folder = files.workplace(recordingId, part);
      return recorders.complete(recordingId, folder, cause, listener);
    }

    @Override
    public @Nullable NodePart part(Claim claim) {
      return standing.hasPeers()
          ? new NodePart(claim.epoch(), Duration.between(Instant.now(), time.wall()), false)
          : null;
    }

    @Override
    public boolean isGone(Claim claim) {
      String owner = claim.owner();
      return standing.hasPeers()
          && standing.mayClaim()
          && owner != null
          && !standing.isThere(owner);
    }

    @Override
    public boolean isThere(String other) {
      return standing.isThere(other);
    }

    @Override
    public void free(Handle handle, String recordingId) {
      WorkQueue.free(handle, KIND, recordingId, node);
    }

    @Override
    public boolean holdsLease() {
      return standing.holdsLease();
    }

    @Override
    public FileStore files() {
      return files;
    }
  }
}
