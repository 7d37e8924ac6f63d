package org.pagereel.server.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.session.Report;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.supervisor.Recorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of one recording: takes in what happens, decides by {@link Lifecycle}, stores,
 * announces, and acts, in this order and one thing at a time, on the thread that calls {@link
 * #run}.
 */
final class RecordingOwner {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingOwner.class);

  /** The row may have been changed by another node. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** A recorder whose page is open says something every second. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** What arrives. */
  private sealed interface Mail {
    /** Of the recorder that it is about; 0 when it is about none. */
    int attempt();

    record Happened(int attempt, Happening happening) implements Mail {}

    /** The time has come to start the recorder of this attempt. */
    record StartNow(int attempt, Effect.StartRecorder effect) implements Mail {}
  }

  /** The part of a node that an owner needs. */
  interface Crew {
    Recorder start(RecordingRequest request, Consumer<Event> listener) throws IOException;

    Event complete(String recordingId, @Nullable String cause, Consumer<Event> listener)
        throws InterruptedException;

    Path folder(String recordingId);
  }

  private final Jdbi jdbi;
  private final Announcer announcer;
  private final Crew crew;
  private final BlockingQueue<Mail> mail = new LinkedBlockingQueue<>();
  private Recording recording;
  private volatile @Nullable Recorder recorder;
  private volatile Instant heard = Instant.now();

  RecordingOwner(Jdbi jdbi, Announcer announcer, Crew crew, Recording recording) {
    this.jdbi = jdbi;
    this.announcer = announcer;
    this.crew = crew;
    this.recording = recording;
  }

  void tell(Happening happening) {
    mail.add(new Mail.Happened(0, happening));
  }

  void confirmReady() {
    Recorder current = recorder;
    if (current != null) {
      current.send(new Command.Confirm());
    }
  }

  /**
   * Returns when the recording has ended, or this thread is interrupted: then another may go on.
   */
  void run() {
    try {
      take(new Happening.Claimed());
      while (!recording.state().isEnded()) {
        Mail next = mail.poll(wait(Instant.now()).toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
          lookAround(Instant.now());
        } else if (next.attempt() == 0 || next.attempt() == recording.status().tries().attempt()) {
          open(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Fenced e) {
      LOG.warn("{}", e.getMessage());
    } finally {
      kill();
    }
  }

  private void open(Mail next) {
    switch (next) {
      case Mail.Happened(int ignored, Happening happening) -> take(happening);
      case Mail.StartNow(int ignored, Effect.StartRecorder effect) -> {
        if (recording.state() == RecordingState.STARTING && recorder == null) {
          start(effect.hold(), effect.predecessor());
        }
      }
    }
  }

  private Duration wait(Instant now) {
    Duration due =
        recording.status().due().map(at -> Duration.between(now, at)).orElse(LOOK).plusMillis(1);
    if (due.isNegative()) {
      return isBusy(now) ? LOOK : Duration.ZERO;
    }
    return due.compareTo(LOOK) < 0 ? due : LOOK;
  }

  private void lookAround(Instant now) {
    if (recording.status().due().filter(due -> !now.isBefore(due)).isPresent() && !isBusy(now)) {
      take(new Happening.Overdue());
    } else if (isSilent(now)) {
      kill();
      take(new Happening.Broke(FailureCategory.INTERNAL, "The recorder does not answer"));
    } else if (isTooLong(now) || isPausedTooLong(now)) {
      jdbi.useHandle(
          handle -> RecordingStore.want(handle, recording.id(), Desired.STOP, Ended.LIMIT));
      take(new Happening.Wanted());
    } else {
      Desired before = recording.desired();
      if (desired() != before) {
        take(new Happening.Wanted());
      }
    }
  }

  private boolean isSilent(Instant now) {
    boolean talks =
        switch (recording.state()) {
          case READY, RECORDING, PAUSED -> true;
          case QUEUED, STARTING, FINISHING, FINISHED, FAILED -> false;
        };
    return talks && now.isAfter(heard.plus(SILENCE));
  }

  /**
   * Completing the files of a day takes longer than a deadline knows; it says something meanwhile.
   */
  private boolean isBusy(Instant now) {
    return recording.state() == RecordingState.FINISHING && now.isBefore(heard.plus(SILENCE));
  }

  private boolean isTooLong(Instant now) {
    return recording.isRunning()
        && recording.desired() != Desired.STOP
        && now.isAfter(recording.createdAt().plus(recording.spec().maxDuration()));
  }

  private boolean isPausedTooLong(Instant now) {
    Long most = recording.spec().maxPauseMillis();
    return most != null
        && recording.desired() == Desired.HOLD
        && recording.status() instanceof Status.Paused(Tries ignored, Instant since)
        && now.isAfter(since.plusMillis(most));
  }

  private Desired desired() {
    return jdbi.withHandle(handle -> RecordingStore.find(handle, recording.id()))
        .map(Recording::desired)
        .orElse(Desired.STOP);
  }

  private void take(Happening happening) {
    Instant now = Instant.now();
    Decision decision =
        jdbi.inTransaction(handle -> {
          Recording fresh = RecordingStore.find(handle, recording.id()).orElseThrow();
          if (isFenced(fresh, happening)) {
            throw new Fenced(recording.id());
          }
          Decision made =
              Lifecycle.decide(
                  fresh.status(), fresh.desired(), fresh.spec().readyTimeout(), happening, now);
          Recording next = fresh.with(made, happening, now);
          if (!next.equals(fresh)) {
            RecordingStore.update(handle, next);
            announcer.changed(handle, next, made.reason());
          }
          recording = next;
          return made;
        });
    if (happening instanceof Happening.Broke(FailureCategory category, String message)) {
      LOG.warn("The recorder failed ({}): {}", category, message);
    }
    decision.reason().ifPresent(reason -> LOG.info("{} {}", recording.state(), reason));
    decision.effects().forEach(this::act);
  }

  /** Somebody else has taken over: an attempt has one owner, and this one is not its. */
  private boolean isFenced(Recording fresh, Happening happening) {
    return !(happening instanceof Happening.Claimed)
        && fresh.status().tries().attempt() != recording.status().tries().attempt();
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
      case Effect.CompleteFiles(String cause) -> complete(cause);
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
    heard = Instant.now();
    try {
      Path folder = Files.createDirectories(crew.folder(recording.id()));
      RecordingRequest request =
          recording.spec().request(recording.id(), attempt, hold, predecessor, folder);
      recorder = crew.start(request, event -> hear(attempt, event));
    } catch (IOException e) {
      tell(new Happening.Broke(FailureCategory.INTERNAL, "Cannot start a recorder: " + e));
    }
  }

  /** Called by the thread that follows the recorder. */
  private void hear(int attempt, Event event) {
    heard = Instant.now();
    Happening happening =
        switch (event) {
          case Event.Ready ignored -> new Happening.PageReady();
          case Event.Recording ignored -> new Happening.FirstPacket();
          case Event.Paused ignored -> new Happening.PauseTaken();
          case Event.Finishing(Event.End end) -> new Happening.Ending(Ended.of(end));
          case Event.Finished ignored -> new Happening.Completed();
          case Event.Failed failed -> new Happening.Broke(failed.category(), failed.message());
          case Event.Warning warning -> {
            LOG.info("{}: page: {}: {}", recording.id(), warning.kind(), warning.message());
            yield null;
          }
          case Event.Prepared() -> null;
          case Event.Completing ignored -> null;
          case Event.Slice ignored -> null;
          case Event.Progress ignored -> null;
        };
    if (happening != null) {
      mail.add(new Mail.Happened(attempt, happening));
    }
  }

  private void kill() {
    Recorder current = recorder;
    recorder = null;
    if (current != null) {
      current.kill();
    }
  }

  private void complete(@Nullable String cause) {
    Path folder = crew.folder(recording.id());
    if (!Files.exists(folder.resolve(Report.FILE))) {
      tell(new Happening.Completed()); // no recorder came so far as to begin
      return;
    }
    Thread.ofVirtual().start(() -> tell(completed(folder, cause)));
  }

  private Happening completed(Path folder, @Nullable String cause) {
    try {
      crew.complete(recording.id(), cause, event -> heard = Instant.now());
      Report report =
          Json.PRETTY.readValue(Files.readString(folder.resolve(Report.FILE)), Report.class);
      boolean ended =
          report.state() == Report.State.FINISHED || report.state() == Report.State.FAILED;
      return ended ? new Happening.Completed() : new Happening.Overdue();
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
      super("The recording " + id + " has another owner", null, false, false);
    }
  }
}
