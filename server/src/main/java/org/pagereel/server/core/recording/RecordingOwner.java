package org.pagereel.server.core.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.NodePart;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.liveness.Silence;
import org.pagereel.recorder.parts.EarlierParts;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.files.RecordingResult;
import org.pagereel.server.core.queue.Claim;
import org.pagereel.server.platform.supervisor.Patience;
import org.pagereel.server.platform.supervisor.Recorder;
import org.pagereel.server.platform.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of one recording: takes in what happens, decides by {@link Lifecycle}, stores,
 * announces, and acts, in this order and one thing at a time, on the thread that calls {@link
 * #run}.
 */
final class RecordingOwner {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingOwner.class);

  /** The recorded time is stored this often, and with every change. */
  private static final Duration NOTE = Duration.ofMinutes(1);

  /** A message to the owner. */
  private sealed interface Mail {
    /** Of the recorder that it is about; 0 when it is about none. */
    int attempt();

    /** A happening and its time: it may be some time before it can be stored. */
    record Happened(int attempt, Happening happening, Instant at) implements Mail {}

    /** Another node has changed the row. */
    record Look(int attempt) implements Mail {}

    /** The time has come to start the recorder of this attempt. */
    record StartNow(int attempt, Effect.StartRecorder effect) implements Mail {}
  }

  /** The page of an attempt has said that it is out of its room. */
  private record Left(int attempt, Instant at) {
    static final Left NEVER = new Left(0, Instant.EPOCH);

    /** One that was put out long ago has come back by itself. */
    boolean counts(int current, Instant now) {
      return attempt == current && now.isBefore(at.plus(EarlierParts.OUT));
    }
  }

  /** The part of a node that an owner needs. */
  interface RecorderAccess {
    Recorder start(RecordingRequest request, Consumer<Event> listener) throws IOException;

    Event complete(
        String recordingId, long part, Report.@Nullable Failure cause, Consumer<Event> listener)
        throws InterruptedException;

    /** What this node records by a claim is a part, where other nodes may go on with it. */
    @Nullable NodePart part(Claim claim);

    /** Whether this node may speak for what it works on. */
    boolean holdsLease();

    /** Whether the node that has it now is lost, so that this one may take it back. */
    boolean isGone(Claim claim);

    /** Whether this node is there, so that what it records goes on. */
    boolean isThere(String node);

    /** Gives free what this node has claimed of it, within a transaction: any node may go on. */
    void free(Handle handle, String recordingId);

    FileStore files();
  }

  private final String node;
  private final Jdbi jdbi;
  private final Announcer announcer;
  private final RecorderAccess crew;
  private final RowWatch rows;
  private final TimeSource time;
  private final Patience patience;
  private final BlockingQueue<Mail> mail = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger completions = new AtomicInteger();
  private final Trouble trouble = new Trouble();
  private final Silence silence;
  private final ElapsedClock elapsed;
  private Recording recording;
  private volatile @Nullable Recorder recorder;
  private Instant looked;
  private Instant noted;
  private @Nullable Instant pausedSince;
  private boolean saidSilent;
  private boolean completing;
  private boolean putOff;
  private boolean claimed;
  private boolean succeeded;
  private boolean givenBack;

  /** The node before this one, which goes on until this one records; null if none does. */
  private @Nullable String earlier;

  /** The recorder's page is out of its room, where another page may have taken its place. */
  private volatile Left left = Left.NEVER;

  /**
   * Of one recording.
   *
   * @param node claims it with the first thing that happens
   * @param patience an owner also looks so often at its row, which another node may have changed
   */
  RecordingOwner(
      String node,
      Jdbi jdbi,
      Announcer announcer,
      RecorderAccess crew,
      RowWatch rows,
      TimeSource time,
      Patience patience,
      Recording recording) {
    this.node = node;
    this.jdbi = jdbi;
    this.announcer = announcer;
    this.crew = crew;
    this.rows = rows;
    this.time = time;
    this.patience = patience;
    this.recording = recording;
    this.looked = time.steady();
    this.noted = looked;
    this.silence = new Silence(patience.look(), looked);
    this.elapsed = new ElapsedClock(time, recording.elapsed());
  }

  void tell(Happening happening) {
    mail.add(new Mail.Happened(0, happening, time.wall()));
  }

  void look() {
    mail.add(new Mail.Look(0));
  }

  void confirmReady() {
    Recorder current = recorder;
    if (current != null) {
      current.send(new Command.Confirm());
    }
  }

  /** Something cannot be stored now; the recorder goes on, and so does its owner. */
  boolean isDegraded() {
    return trouble.isOn();
  }

  /** Somebody else goes on with it. */
  boolean isSucceeded() {
    return succeeded;
  }

  /** This node could not go on with it, and the one before it still does. */
  boolean isGivenBack() {
    return givenBack;
  }

  boolean hasEnded() {
    return recording.state().isEnded();
  }

  /** Returns when {@link #run} has. */
  void awaitOver() throws InterruptedException {
    over.await();
  }

  /**
   * Returns when the recording has ended, when its files cannot be completed now, or when this
   * thread is interrupted: then another may go on. Nothing that fails in between ends it.
   *
   * @param first why it is run: it was claimed, or it has waited for too long
   */
  void run(Happening first) {
    earlier = first instanceof Happening.Claimed claim && claim.offered() ? claim.from() : null;
    try {
      Mail next = new Mail.Happened(0, first, time.wall());
      while (goesOn()) {
        if (trouble.isOn()) {
          over.await(trouble.pause().toMillis(), TimeUnit.MILLISECONDS);
        }
        if (next == null) {
          next = mail.poll(wait(time.steady()).toMillis(), TimeUnit.MILLISECONDS);
        }
        if (turn(next)) {
          next = null;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Fenced e) {
      LOG.warn("{}", e.getMessage());
      succeeded = true;
      awaitSuccessor();
    } finally {
      completions.incrementAndGet();
      kill();
      over.countDown();
    }
  }

  private boolean goesOn() {
    return !hasEnded() && !putOff && !givenBack;
  }

  /** True when it is done; what could not be stored is kept, and comes before all else. */
  private boolean turn(@Nullable Mail next) {
    boolean done = next == null;
    try {
      if (next != null && concerns(next)) {
        open(next);
      }
      done = true;
      Instant now = time.steady();
      if (goesOn() && (next == null || !now.isBefore(looked.plus(patience.look())))) {
        looked = now;
        lookAround(now);
      }
      trouble.over();
      return true;
    } catch (Fenced e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // The recorder records whatever becomes of us: a class cannot be had again.
      if (trouble.met()) {
        LOG.warn("Cannot go on with {} now; its recorder does: {}", recording.id(), e.toString());
        LOG.debug("Trouble", e);
      }
      return done;
    }
  }

  private boolean concerns(Mail next) {
    return next.attempt() == 0 || next.attempt() == recording.status().tries().attempt();
  }

  private void open(Mail next) {
    switch (next) {
      case Mail.Happened(int ignored, Happening happening, Instant at) -> take(happening, at);
      case Mail.Look ignored -> {
        looked = Instant.EPOCH;
        rows.forget();
      }
      case Mail.StartNow(int ignored, Effect.StartRecorder effect) -> {
        if (recording.state() == RecordingState.STARTING && recorder == null) {
          // What is wanted may have changed since this start was decided.
          start(recording.desired() == Desired.HOLD, effect.predecessor());
        }
      }
    }
  }

  private Duration wait(Instant now) {
    Duration look = patience.look();
    Duration due =
        recording.status().due().map(at -> Duration.between(now, at)).orElse(look).plusMillis(1);
    return due.isNegative() ? Duration.ZERO : due.compareTo(look) < 0 ? due : look;
  }

  private void lookAround(Instant now) {
    Duration silent = silence.look(now);
    sayIfSilent(silent);
    if (recording.status().due().filter(due -> !now.isBefore(due)).isPresent()) {
      take(new Happening.Overdue());
    } else if (mostSilence().filter(most -> silent.compareTo(most) > 0).isPresent()) {
      LOG.warn(
          "{}: nothing was heard of its recorder for {} s", recording.id(), silent.toSeconds());
      kill();
      take(
          completing
              ? new Happening.Overdue()
              : new Happening.Broke(FailureCategory.INTERNAL, "The recorder does not answer"));
      silence.broken(); // whatever comes next has its own time
    } else if (isTooLong() || isPausedTooLong(now)) {
      jdbi.useTransaction(handle -> RecordingStore.end(handle, recording.id(), EndCause.LIMIT));
      take(new Happening.Wanted());
    } else {
      follow(seen(now));
    }
    note(now);
  }

  private void sayIfSilent(Duration silent) {
    boolean isSilent = mostSilence().isPresent() && silent.compareTo(Patience.WARN) >= 0;
    if (isSilent && !saidSilent && !completing) {
      LOG.warn("{}: its recorder has said nothing for {} s", recording.id(), silent.toSeconds());
    }
    saidSilent = isSilent;
  }

  /** The silence that proves a recorder dead. */
  private Optional<Duration> mostSilence() {
    return switch (recording.state()) {
      case READY, RECORDING, PAUSED -> Optional.of(patience.silence());
      case FINISHING -> Optional.of(patience.silenceAfterStop());
      case QUEUED, STARTING, FINISHED, FAILED -> Optional.empty();
    };
  }

  private boolean isTooLong() {
    return recording.isRunning()
        && recording.desired() != Desired.STOP
        && elapsed.soFar().compareTo(recording.spec().limits().maxDuration()) > 0;
  }

  private boolean isPausedTooLong(Instant now) {
    Duration most = recording.spec().limits().maxPause();
    return most != null
        && recording.desired() == Desired.HOLD
        && recording.state() == RecordingState.PAUSED
        && pausedSince != null
        && now.isAfter(pausedSince.plus(most));
  }

  private void note(Instant now) {
    ElapsedTime kept = elapsed.kept();
    if (kept != null && recording.isRunning() && now.isAfter(noted.plus(NOTE))) {
      jdbi.useTransaction(handle ->
          RecordingStore.elapsed(handle, recording.id(), recording.claim().epoch(), kept));
      noted = now;
    }
  }

  private void follow(RowWatch.Seen seen) {
    if (seen.desired() != recording.desired()) {
      take(new Happening.Wanted());
    } else if (recording.state() == RecordingState.STARTING
        && seen.confirmedAttempt() == recording.status().tries().attempt()) {
      confirmReady(); // a client has told another node
    }
  }

  /** The row; itself, where the look at all rows does not have it. */
  private RowWatch.Seen seen(Instant now) {
    return rows.of(recording.id(), now)
        .filter(seen -> seen.epoch() == recording.claim().epoch())
        .orElseGet(() -> new RowWatch.Seen(recording.claim().epoch(), row().desired(), 0));
  }

  private Recording row() {
    return ours(find());
  }

  private void take(Happening happening) {
    take(happening, time.wall());
  }

  private void take(Happening happening, Instant at) {
    if (isInVain(happening)) {
      giveBack(happening);
      return;
    }
    Instant now = time.steady();
    RecordingResult made = made(happening); // before the transaction: all who write wait for it
    Taken taken =
        jdbi.inTransaction(handle -> {
          Recording fresh = ours(RecordingStore.find(handle, recording.id()));
          Decision decision =
              Lifecycle.decide(
                  fresh.status(),
                  fresh.desired(),
                  fresh.spec().page().readyTimeout(),
                  patience.hangs(),
                  happening,
                  now);
          Recording next = fresh.with(decision, happening, at);
          if (next.state().isEnded() && !fresh.state().isEnded()) {
            next = next.having(made);
          }
          if (!claimed) {
            next = next.claimedBy(node);
          }
          elapsed.follow(fresh.status().tries(), next.status().tries());
          if (!next.equals(fresh)) {
            next = next.after(elapsed.kept());
            if (!RecordingStore.update(handle, next, fresh.claim().epoch())) {
              throw new Fenced(recording.id());
            }
            announcer.changed(handle, next, decision.reason());
          }
          return new Taken(next, decision);
        });
    recording = taken.recording(); // not before it is committed: a full disk refuses only then
    claimed = true;
    Decision decision = taken.decision();
    switch (recording.state()) {
      case PAUSED -> pausedSince = pausedSince == null ? now : pausedSince;
      case RECORDING -> pausedSince = null;
      case QUEUED, STARTING, READY, FINISHING, FINISHED, FAILED -> {} // a restart ends no pause
    }
    if (recording.state() != RecordingState.STARTING || isFailure(happening)) {
      earlier = null;
    }
    if (happening instanceof Happening.Broke(FailureCategory category, String message)) {
      LOG.warn("The recorder failed ({}): {}", category, message);
    }
    decision.reason().ifPresent(reason -> LOG.info("{} {}", recording.state(), reason));
    decision.effects().forEach(this::act);
  }

  /** Whether this node cannot begin what another one, which is still there, has offered. */
  private boolean isInVain(Happening happening) {
    return isFailure(happening)
        && claimed
        && recording.state() == RecordingState.STARTING
        && earlier != null
        && crew.isThere(earlier);
  }

  private static boolean isFailure(Happening happening) {
    return happening instanceof Happening.Broke || happening instanceof Happening.Overdue;
  }

  /** Nothing is lost: where it is, it goes on, and another node may have more luck. */
  private void giveBack(Happening happening) {
    LOG.warn("Cannot go on with {} here, so {} does: {}", recording.id(), earlier, happening);
    kill();
    String goesOn = Objects.requireNonNull(earlier);
    jdbi.useTransaction(handle -> {
      if (!RecordingStore.giveBack(handle, recording.id(), recording.claim(), goesOn)) {
        throw new Fenced(recording.id());
      }
      crew.free(handle, recording.id());
    });
    givenBack = true;
  }

  /** What the recording has made, if it is complete with this and something can be read of it. */
  private @Nullable RecordingResult made(Happening happening) {
    if (!(happening instanceof Happening.Completed)) {
      return null;
    }
    Duties.Known known = known(find());
    if (known != Duties.Known.OURS) {
      throw new Fenced(recording.id());
    }
    if (!Duties.of(crew.holdsLease(), known).publishes()) {
      throw new IllegalStateException("no lease, so others may have it");
    }
    crew.files().publish(recording.id());
    return crew.files().recorded(recording.id()).orElse(null);
  }

  /** The recording after a happening, and the effects that follow. */
  private record Taken(Recording recording, Decision decision) {}

  /** The row, unless somebody has claimed it later. */
  private Recording ours(Optional<Recording> row) {
    return row.filter(now -> !claimed || now.claim().epoch() == recording.claim().epoch())
        .orElseThrow(() -> new Fenced(recording.id()));
  }

  /** Our recorder goes on until another one is known to record, or nothing is to be recorded. */
  private void awaitSuccessor() {
    try {
      while (isWanted() && !over.await(patience.look().toMillis(), TimeUnit.MILLISECONDS)) {
        trouble.over();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWanted() {
    try {
      Optional<Recording> row = find();
      if (row.filter(now -> crew.isGone(now.claim())).isPresent()) {
        return false; // it is claimed anew, here or elsewhere, and has an owner again
      }
      return Duties.of(crew.holdsLease(), known(row)).records();
    } catch (RuntimeException e) {
      return true; // nobody knows of another
    }
  }

  private Optional<Recording> find() {
    return jdbi.withHandle(handle -> RecordingStore.find(handle, recording.id()));
  }

  private Duties.Known known(Optional<Recording> row) {
    return row.map(this::known).orElse(Duties.Known.OVER);
  }

  private Duties.Known known(Recording row) {
    if (!claimed || row.claim().epoch() == recording.claim().epoch()) {
      return Duties.Known.OURS;
    }
    return switch (row.state()) {
      case READY, RECORDING, PAUSED -> Duties.Known.ANOTHER_RECORDS;
      case FINISHING, FINISHED, FAILED -> Duties.Known.OVER;
      case QUEUED, STARTING ->
          row.desired() == Desired.STOP
              ? Duties.Known.OVER
              : left.counts(recording.status().tries().attempt(), time.steady())
                  ? Duties.Known.ANOTHER_RECORDS
                  : Duties.Known.ANOTHER_STARTS;
    };
  }

  private void act(Effect effect) {
    switch (effect) {
      case Effect.StartRecorder start -> startAfter(start);
      case Effect.Tell(Command command) -> {
        Recorder current = recorder;
        if (current != null) {
          current.send(command);
        }
      }
      case Effect.KillRecorder() -> kill();
      case Effect.CompleteFiles(Failure cause) -> complete(cause);
      case Effect.PutOff() -> putOff = true;
    }
  }

  private void startAfter(Effect.StartRecorder effect) {
    kill();
    int attempt = recording.status().tries().attempt();
    Executor then =
        effect.after().isZero()
            ? Runnable::run
            : CompletableFuture.delayedExecutor(effect.after().toMillis(), TimeUnit.MILLISECONDS);
    then.execute(() -> mail.add(new Mail.StartNow(attempt, effect)));
  }

  private void start(boolean hold, @Nullable String predecessor) {
    int attempt = recording.status().tries().attempt();
    silence.broken();
    try {
      NodePart part = crew.part(recording.claim());
      Path folder = Files.createDirectories(crew.files().workplace(recording.id(), epoch(part)));
      RecordingRequest request =
          recording
              .spec()
              .request(
                  recording.id(),
                  new Attempt(
                      attempt,
                      hold,
                      predecessor,
                      true,
                      patience.frozenAfter(),
                      part != null && earlier != null ? part.whileEarlierGoesOn() : part),
                  folder);
      recorder = crew.start(request, event -> hear(attempt, event));
    } catch (IOException | RuntimeException e) {
      tell(new Happening.Broke(FailureCategory.INTERNAL, "Cannot start a recorder: " + e));
    }
  }

  private static long epoch(@Nullable NodePart part) {
    return part == null ? FileStore.ALL : part.epoch();
  }

  /** Called by the thread that follows the recorder. */
  private void hear(int attempt, Event event) {
    silence.broken();
    Happening happening =
        switch (event) {
          case Event.Ready ignored -> new Happening.PageReady();
          case Event.Recording ignored -> new Happening.FirstPacket();
          case Event.Paused ignored -> new Happening.PauseTaken();
          case Event.Finishing(Event.End end) -> new Happening.Ending(EndCause.of(end));
          case Event.Finished ignored -> new Happening.Completed();
          case Event.Failed failed -> new Happening.Broke(failed.category(), failed.message());
          case Event.Warning warning -> {
            LOG.info("{}: page: {}: {}", recording.id(), warning.kind(), warning.message());
            yield null;
          }
          case Event.Left ignored -> {
            left = new Left(attempt, time.steady());
            yield null;
          }
          case Event.Prepared() -> null;
          case Event.Completing ignored -> null;
          case Event.Slice ignored -> null;
          case Event.Progress ignored -> null;
        };
    if (happening != null) {
      mail.add(new Mail.Happened(attempt, happening, time.wall()));
    }
  }

  private void kill() {
    Recorder current = recorder;
    recorder = null;
    if (current != null) {
      current.kill();
    }
  }

  private void complete(@Nullable Failure cause) {
    boolean isNothing = !crew.files().has(recording.id(), Report.FILE);
    if (isNothing || crew.files().report(recording.id()).filter(Report::filesAreMade).isPresent()) {
      tell(new Happening.Completed()); // no recorder came so far as to begin, or one to the end
      return;
    }
    int number = completions.incrementAndGet();
    completing = true;
    silence.broken();
    Thread.ofVirtual()
        .start(() -> {
          Happening happening = completed(cause, number);
          if (completions.get() == number) {
            tell(happening);
          }
        });
  }

  private Happening completed(@Nullable Failure cause, int number) {
    try {
      long part = epoch(crew.part(recording.claim()));
      Files.createDirectories(crew.files().workplace(recording.id(), part));
      crew.complete(
          recording.id(),
          part,
          cause == null ? null : new Report.Failure(cause.category(), cause.message()),
          event -> {
            if (completions.get() == number) {
              silence.broken();
            }
          });
      Optional<Report> report = crew.files().report(recording.id());
      if (report.isEmpty()) {
        LOG.error("The files of {} have no report", recording.id());
      }
      return report.filter(Report::filesAreMade).isPresent()
          ? new Happening.Completed()
          : new Happening.Overdue();
    } catch (IOException | RuntimeException e) {
      LOG.error("Cannot complete the files of {}", recording.id(), e);
      return new Happening.Overdue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Happening.Overdue();
    }
  }

  /** Another owner has this recording now. */
  private static final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1;

    Fenced(String id) {
      super("The recording " + id + " has another owner, or is gone", null, false, false);
    }
  }
}
