package org.pagereel.server.core.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.liveness.Silence;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.queue.Claim;
import org.pagereel.server.core.queue.WorkKind;
import org.pagereel.server.core.replay.ReplayFailure.Cause;
import org.pagereel.server.platform.fleet.Standing;
import org.pagereel.server.platform.node.Admission;
import org.pagereel.server.platform.node.Demand;
import org.pagereel.server.platform.node.DiskAccount;
import org.pagereel.server.platform.supervisor.RecorderChild;
import org.pagereel.server.platform.supervisor.Recorders;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes tasks from the queue and has each done by a recorder process of its own, one at a time and
 * behind recordings. What it learns is stored, and announced in the same transaction, before
 * anything else happens.
 */
public final class ReplayWorker implements WorkKind, AutoCloseable {
  /** The name of this work in the queue. */
  public static final String KIND = "replay";

  private static final Logger LOG = LoggerFactory.getLogger(ReplayWorker.class);
  private static final int MAX_ATTEMPTS = 3;

  /** Files that are not there by then are missing in the result. */
  private static final Duration FILES_COME_WITHIN = Duration.ofMinutes(10);

  /** A recorder tells of its progress every few seconds; one that does not hangs. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A replay is begun where a recording could be: recordings come first. */
  private static final Demand PLACE =
      new Demand("replay", PageSize.FULL_HD, 30, new DiskAccount.Appetite(0, 0));

  /** Less is not worth a beginning: cameras' files come first, and then every part is made. */
  private static final long LEAST_DISK = 256L << 20;

  /** More need not be looked at to find one whose files are there. */
  private static final int LOOK_AHEAD = 100;

  private final String node;
  private final Jdbi jdbi;
  private final ReplayAnnouncer announcer;
  private final Admission admission;
  private final DiskAccount disk;
  private final Recorders recorders;
  private final BooleanSupplier moreUrgentWaits;
  private final Function<ReplayTask, ClassSource> sources;
  private final FileStore files;
  private final Standing standing;
  private final Duration silence;
  private final TimeSource time;

  /** The replay that is made was ended for want of disk, and goes on later. */
  private volatile boolean yielded;

  private final Map<String, Instant> filesAwaitedUntil = new ConcurrentHashMap<>();

  /** When each waiting task was first seen, in steady time. */
  private final Map<String, Instant> waitsSince = new ConcurrentHashMap<>();

  private @Nullable RecorderChild current;
  private boolean closed;

  /**
   * Makes the worker.
   *
   * @param node this node's name in the store
   * @param moreUrgentWaits whether other work waits that comes first: a live class must be recorded
   *     now, a finished one can wait
   * @param sources gives the source of a task's class
   */
  public ReplayWorker(
      String node,
      Jdbi jdbi,
      ReplayAnnouncer announcer,
      Admission admission,
      DiskAccount disk,
      Recorders recorders,
      BooleanSupplier moreUrgentWaits,
      Function<ReplayTask, ClassSource> sources,
      FileStore files,
      Standing standing,
      TimeSource time) {
    this(
        node,
        jdbi,
        announcer,
        admission,
        disk,
        recorders,
        moreUrgentWaits,
        sources,
        files,
        standing,
        SILENCE,
        time);
  }

  ReplayWorker(
      String node,
      Jdbi jdbi,
      ReplayAnnouncer announcer,
      Admission admission,
      DiskAccount disk,
      Recorders recorders,
      BooleanSupplier moreUrgentWaits,
      Function<ReplayTask, ClassSource> sources,
      FileStore files,
      Standing standing,
      Duration silence,
      TimeSource time) {
    this.node = node;
    this.jdbi = jdbi;
    this.announcer = announcer;
    this.admission = admission;
    this.disk = disk;
    this.recorders = recorders;
    this.moreUrgentWaits = moreUrgentWaits;
    this.sources = sources;
    this.files = files;
    this.standing = standing;
    this.silence = silence;
    this.time = time;
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> begun(Handle handle) {
    return ReplayStore.begun(handle);
  }

  /** The oldest whose files are there; one that waits for files keeps no other one waiting. */
  @Override
  public Optional<String> letIn(Set<String> letIn, Duration leastWait) {
    if (isClosed()
        || !letIn.isEmpty()
        || moreUrgentWaits.getAsBoolean()
        || jdbi.withHandle(handle -> ReplayStore.hasBegun(handle, node))) { // this goes on first
      return Optional.empty();
    }
    Instant now = time.steady();
    List<ReplayTask> waiting = jdbi.withHandle(handle -> ReplayStore.waiting(handle, LOOK_AHEAD));
    waitsSince.keySet().retainAll(waiting.stream().map(ReplayTask::id).toList());
    return waiting.stream()
        .filter(task -> !waitsForFiles(task))
        .map(ReplayTask::id)
        .findFirst()
        .filter(id -> !now.isBefore(waitsSince.computeIfAbsent(id, one -> now).plus(leastWait)))
        .filter(id -> hasDisk() && admission.admitBackground(id, PLACE));
  }

  @Override
  public void passed(String taskId) {
    admission.leaveBehind(taskId);
  }

  @Override
  public Claim claim(String taskId) {
    return jdbi.withHandle(handle -> ReplayStore.find(handle, taskId))
        .map(ReplayTask::claim)
        .orElse(Claim.NONE);
  }

  @Override
  public Outcome work(String taskId) {
    Optional<ReplayTask> found = jdbi.withHandle(handle -> ReplayStore.find(handle, taskId));
    if (found.isEmpty() || found.get().state().isEnded()) {
      return Outcome.DONE;
    }
    Outcome later = found.get().state() == ReplayState.QUEUED ? Outcome.WAITS : Outcome.AGAIN;
    if (!admission.admitBackground(taskId, PLACE)) {
      return later;
    }
    try (var _ = MDC.putCloseable("recording", taskId);
        var _ = MDC.putCloseable("room", found.get().room())) {
      boolean waits =
          isClosed()
              || moreUrgentWaits.getAsBoolean()
              || !hasDisk()
              || (later == Outcome.WAITS && waitsForFiles(found.get()));
      if (waits) {
        return later;
      }
      return run(begin(taskId)) ? Outcome.DONE : Outcome.AGAIN;
    } catch (AnotherHasIt e) {
      LOG.warn("{}", e.getMessage());
      return Outcome.AGAIN;
    } finally {
      admission.leaveBehind(taskId);
    }
  }

  /** Cameras' files are told of one by one; who asks right after class asks too early. */
  private boolean waitsForFiles(ReplayTask task) {
    Instant until =
        filesAwaitedUntil.computeIfAbsent(task.id(), id -> time.steady().plus(rest(task)));
    boolean waits =
        time.steady().isBefore(until)
            && !sources.apply(task).isComplete(task.scope(), task.subject());
    if (!waits) {
      filesAwaitedUntil.remove(task.id());
    }
    return waits;
  }

  /** The time that is left for files at the first look. */
  private Duration rest(ReplayTask task) {
    Duration rest = Duration.between(time.wall(), task.createdAt().plus(FILES_COME_WITHIN));
    return rest.compareTo(FILES_COME_WITHIN) < 0 ? rest : FILES_COME_WITHIN;
  }

  private boolean hasDisk() {
    return disk.leftForOthers() >= LEAST_DISK;
  }

  private boolean run(ReplayTask task) {
    long part = standing.hasPeers() ? task.claim().epoch() : FileStore.ALL;
    ReplayFolder folder = new ReplayFolder(files.workplace(task.id(), part));
    try {
      Optional<Path> other = files.before(task.id(), part);
      if (other.isPresent()) {
        folder.goOnFrom(other.get());
      }
      folder.fill(task, sources.apply(task));
      // The server may have died between the last file and the note of it.
      Optional<ReplayResult> before = files.replayed(task.id());
      if (before.isPresent()) {
        return finish(task, before.get());
      }
      Event last = replay(task, folder);
      if (isClosed() || yielded) {
        yielded = false;
        return false;
      }
      if (last instanceof Event.Failed(FailureCategory category, String message, var _)) {
        return category == FailureCategory.USER
            ? fail(task, new ReplayFailure(Cause.REFUSED, message))
            : broke(task, message);
      }
      Optional<ReplayResult> made = files.replayed(task.id());
      return made.isPresent()
          ? finish(task, made.get())
          : broke(task, "The recorder says that it has finished, and its result is not complete");
    } catch (ClassUnavailable e) {
      return fail(task, e.failure());
    } catch (IOException e) {
      if (isClosed()) {
        return false; // whoever waited for something was interrupted
      }
      LOG.warn("{}", folder.path(), e);
      return broke(task, "The class's folder cannot be used: " + e.getClass().getSimpleName());
    } catch (AnotherHasIt e) {
      throw e;
    } catch (RuntimeException e) {
      if (isClosed()) {
        return false;
      }
      LOG.error("{}", folder.path(), e);
      return broke(task, "Something went wrong here; the server's log has it");
    }
  }

  /** Returns the last event, when nothing of the recorder is left. */
  private Event replay(ReplayTask task, ReplayFolder folder) throws IOException {
    RecorderChild child = recorders.replay(task.id(), folder.path());
    keep(child);
    admission.runsBehind(task.id(), child.pid());
    Listener listener = new Listener(task);
    CountDownLatch end = new CountDownLatch(1);
    Thread.ofVirtual().name("replay-watch").start(() -> watch(child, listener, end));
    try {
      child.attend(listener::hear);
      return listener.last;
    } finally {
      end.countDown();
      child.kill(); // in case that the listener threw
      keep(null);
    }
  }

  private void watch(RecorderChild child, Listener listener, CountDownLatch end) {
    try {
      while (!end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (disk.leftForOthers() < 0) {
          LOG.warn("The replay waits: recordings that go on need the rest of the disk");
          yielded = true;
          child.kill();
          return;
        }
        if (listener.silence.look(time.steady()).compareTo(silence) > 0) {
          LOG.warn("The recorder has said nothing for {}", silence);
          child.kill();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Listener {
    private final ReplayTask task;
    private final Silence silence = new Silence(LOOK, time.steady());
    private int told;
    private Event last =
        new Event.Failed(FailureCategory.INTERNAL, "The recorder was given up", List.of());

    Listener(ReplayTask task) {
      this.task = task;
    }

    void hear(Event event) {
      silence.broken();
      if (event instanceof Event.Completing(double done)) {
        progress(done);
      } else if (event instanceof Event.Warning(String kind, String message)) {
        LOG.info("{}: {}", kind, message);
      } else if (event instanceof Event.Finished || event instanceof Event.Failed) {
        last = event;
      }
    }

    /** All of it is done when the result is there, and not before. */
    private void progress(double done) {
      int percent = (int) Math.clamp(done * 100, 0, 99);
      if (percent > told) {
        try {
          change(task, now -> now.at(percent));
          told = percent;
        } catch (AnotherHasIt e) {
          throw e;
        } catch (RuntimeException e) {
          LOG.info("Its progress is told later: {}", e.toString()); // and its recorder goes on
        }
      }
    }
  }

  private boolean isOurs(ReplayTask task) {
    return jdbi.withHandle(handle -> ReplayStore.find(handle, task.id()))
        .filter(now -> now.claim().equals(task.claim()))
        .isPresent();
  }

  private boolean finish(ReplayTask task, ReplayResult made) {
    if (!standing.holdsLease() || !isOurs(task)) {
      return false; // another may have it, or has
    }
    files.publish(task.id());
    change(task, now -> now.finished(made, now()));
    LOG.info("Finished: {} files", made.files().files().size());
    made.files().missing().forEach(missing -> LOG.warn("Missing: {}", missing));
    made.unread().forEach((kind, count) -> LOG.warn("Not read of the class: {} {}", count, kind));
    return true;
  }

  private boolean fail(ReplayTask task, ReplayFailure failure) {
    LOG.warn("Failed ({}): {}", failure.cause(), failure.message());
    change(task, now -> now.failed(failure, now()));
    return true;
  }

  /** Looked at again soon, unless it has broken too often. */
  private boolean broke(ReplayTask task, String message) {
    ReplayTask now = change(task, ReplayTask::broken);
    LOG.warn("Attempt {} broke: {}", now.failedAttempts(), message);
    return now.failedAttempts() >= MAX_ATTEMPTS
        && fail(task, new ReplayFailure(Cause.BROKEN, message));
  }

  private ReplayTask begin(String taskId) {
    return jdbi.inTransaction(handle ->
        store(
            handle,
            ReplayStore.find(handle, taskId).orElseThrow(),
            task -> task.begun(now(), node)));
  }

  /** Stores and announces; one that has ended stays as it is. */
  private ReplayTask change(ReplayTask mine, UnaryOperator<ReplayTask> change) {
    return jdbi.inTransaction(handle ->
        store(
            handle,
            ReplayStore.find(handle, mine.id())
                .filter(task -> task.claim().equals(mine.claim()))
                .orElseThrow(() -> new AnotherHasIt(mine.id())),
            change));
  }

  private ReplayTask store(Handle handle, ReplayTask before, UnaryOperator<ReplayTask> change) {
    ReplayTask now = before.state().isEnded() ? before : change.apply(before);
    if (!now.equals(before)) {
      if (!ReplayStore.update(handle, now, before.claim().epoch())) {
        throw new AnotherHasIt(before.id());
      }
      announcer.changed(handle, before, now);
    }
    return now;
  }

  /** Another node works on this task now. */
  private static final class AnotherHasIt extends RuntimeException {
    private static final long serialVersionUID = 1;

    AnotherHasIt(String id) {
      super("The task " + id + " is another node's now, or is gone", null, false, false);
    }
  }

  /** As the store can keep it. */
  private Instant now() {
    return time.wall().truncatedTo(ChronoUnit.MILLIS);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void keep(@Nullable RecorderChild child) {
    current = child;
    if (closed && child != null) {
      child.kill();
    }
  }

  /** Ends what it does; the next start goes on with it. */
  @Override
  public synchronized void close() {
    closed = true;
    if (current != null) {
      current.kill();
    }
  }
}
