package org.pagereel.server.core.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.wire.Command;

/**
 * Every rule of a recording's life, as one pure function. The switches have no default, so that the
 * compiler checks the table.
 */
public final class Lifecycle {
  /** Beside the page's own time: starting a recorder, and its own deadlines. */
  private static final Duration START_ALLOWANCE = Duration.ofSeconds(45);

  /** A recorder that ran so long was no failed start. */
  private static final Duration RAN_WELL = Duration.ofSeconds(5);

  private final Desired desired;
  private final Duration readyTimeout;
  private final Duration hangs;
  private final Instant now;

  private Lifecycle(Desired desired, Duration readyTimeout, Duration hangs, Instant now) {
    this.desired = desired;
    this.readyTimeout = readyTimeout;
    this.hangs = hangs;
    this.now = now;
  }

  private static final Failure NO_ROOM =
      new Failure(
          FailureCategory.CAPACITY,
          "There was no room for it for as long as a recording may wait",
          false);

  /**
   * Decides.
   *
   * @param readyTimeout the time that the page may take to be ready
   * @param hangs the time that a recorder may hang before it is replaced: it has not run meanwhile
   * @param now of a clock that nobody sets
   */
  public static Decision decide(
      Status status,
      Desired desired,
      Duration readyTimeout,
      Duration hangs,
      Happening happening,
      Instant now) {
    Lifecycle life = new Lifecycle(desired, readyTimeout, hangs, now);
    return switch (status) {
      case Status.Queued queued -> life.queued(queued, happening);
      case Status.Starting starting -> life.starting(starting, happening);
      case Status.Held held -> life.held(held, happening);
      case Status.Running running -> life.running(running, happening);
      case Status.Paused paused -> life.paused(paused, happening);
      case Status.Finishing finishing -> life.finishing(finishing, happening);
      case Status.Finished finished -> Decision.to(finished);
      case Status.Failed failed -> Decision.to(failed);
    };
  }

  private Decision queued(Status.Queued queued, Happening happening) {
    return switch (happening) {
      case Happening.Claimed ignored ->
          desired == Desired.STOP ? stopQueued(queued.tries()) : start(queued.tries(), null);
      case Happening.Wanted() ->
          desired == Desired.STOP ? stopQueued(queued.tries()) : Decision.to(queued);
      case Happening.PageReady() -> Decision.to(queued);
      case Happening.FirstPacket() -> Decision.to(queued);
      case Happening.PauseTaken() -> Decision.to(queued);
      case Happening.Ending ignored -> Decision.to(queued);
      case Happening.Completed() -> Decision.to(queued);
      case Happening.Broke ignored -> Decision.to(queued);
      case Happening.Overdue() -> giveUp(queued.tries(), NO_ROOM);
    };
  }

  private Decision starting(Status.Starting starting, Happening happening) {
    AttemptHistory tries = starting.tries();
    return switch (happening) {
      case Happening.Claimed claimed -> takeOver(tries, claimed);
      case Happening.Wanted() ->
          desired == Desired.STOP ? stop(tries) : follow(starting, new Command.Release());
      case Happening.PageReady() -> ready(starting);
      case Happening.FirstPacket() -> firstPacket(tries);
      case Happening.PauseTaken() ->
          announceStart(tries, Decision.to(new Status.Paused(tries.toAnnounced(), now)));
      case Happening.Ending ignored -> stop(tries);
      case Happening.Completed() -> finished(tries).announcing(Reason.STOPPED);
      case Happening.Broke(FailureCategory category, String message) ->
          category == FailureCategory.PAGE
              ? missed(tries, message)
              : died(tries, category, message);
      case Happening.Overdue() -> missed(tries, "The page was not ready in time");
    };
  }

  private Decision held(Status.Held held, Happening happening) {
    AttemptHistory tries = held.tries();
    return switch (happening) {
      case Happening.Claimed claimed -> takeOver(tries, claimed);
      case Happening.Wanted() ->
          desired == Desired.STOP ? stop(tries) : follow(held, new Command.Release());
      case Happening.PageReady() -> Decision.to(held);
      case Happening.FirstPacket() -> firstPacket(tries);
      case Happening.PauseTaken() -> Decision.to(held);
      case Happening.Ending ignored -> stop(tries);
      case Happening.Completed() -> finished(tries).announcing(Reason.STOPPED);
      case Happening.Broke(FailureCategory category, String message) ->
          died(lived(tries, held.since()), category, message);
      case Happening.Overdue() -> Decision.to(held);
    };
  }

  private Decision running(Status.Running running, Happening happening) {
    AttemptHistory tries = running.tries();
    return switch (happening) {
      case Happening.Claimed claimed -> takeOver(tries, claimed);
      case Happening.Wanted() ->
          desired == Desired.STOP ? finish(tries) : follow(running, new Command.Resume());
      case Happening.PageReady() -> Decision.to(running);
      case Happening.FirstPacket() -> Decision.to(running);
      case Happening.PauseTaken() -> Decision.to(new Status.Paused(tries, now));
      case Happening.Ending ignored -> ending(tries);
      case Happening.Completed() -> finished(tries).announcing(Reason.STOPPED);
      case Happening.Broke(FailureCategory category, String message) ->
          died(lived(tries, running.since()), category, message);
      case Happening.Overdue() -> Decision.to(running);
    };
  }

  private Decision paused(Status.Paused paused, Happening happening) {
    AttemptHistory tries = paused.tries();
    return switch (happening) {
      case Happening.Claimed claimed -> takeOver(tries, claimed);
      case Happening.Wanted() ->
          desired == Desired.STOP ? finish(tries) : follow(paused, new Command.Resume());
      case Happening.PageReady() -> Decision.to(paused);
      case Happening.FirstPacket() -> firstPacket(tries);
      case Happening.PauseTaken() -> Decision.to(paused);
      case Happening.Ending ignored -> ending(tries);
      case Happening.Completed() -> finished(tries).announcing(Reason.STOPPED);
      case Happening.Broke(FailureCategory category, String message) ->
          died(lived(tries, paused.since()), category, message);
      case Happening.Overdue() -> Decision.to(paused);
    };
  }

  private Decision finishing(Status.Finishing finishing, Happening happening) {
    AttemptHistory tries = finishing.tries();
    Failure failure = finishing.failure();
    return switch (happening) {
      case Happening.Claimed ignored -> end(tries, failure);
      case Happening.Wanted() -> Decision.to(finishing);
      case Happening.PageReady() -> Decision.to(finishing);
      case Happening.FirstPacket() -> Decision.to(finishing);
      case Happening.PauseTaken() -> Decision.to(finishing);
      case Happening.Ending ignored -> Decision.to(finishing);
      case Happening.Completed() ->
          failure == null ? finished(tries) : Decision.to(new Status.Failed(tries, failure));
      case Happening.Broke ignored -> complete(finishing);
      // What was recorded is there: a full disk has room again, a broken server is mended.
      case Happening.Overdue() ->
          Decision.to(finishing, new Effect.KillRecorder(), new Effect.PutOff());
    };
  }

  /** A recorder is wanted: the first, a better one, or one in place of one that died. */
  private Decision start(AttemptHistory tries, @Nullable String predecessor) {
    return Decision.to(
        new Status.Starting(
            tries.next(), now.plus(readyTimeout).plus(START_ALLOWANCE).plus(pause(tries.deaths()))),
        new Effect.StartRecorder(predecessor, pause(tries.deaths())));
  }

  /** 0, 0, 1, 2, 4, 8 seconds. */
  private static Duration pause(int deaths) {
    return deaths < 2 ? Duration.ZERO : Duration.ofSeconds(1L << (deaths - 2));
  }

  private Decision takeOver(AttemptHistory tries, Happening.Claimed claimed) {
    String node = "The node " + claimed.from();
    String why =
        claimed.from() == null
            ? "The server ended"
            : node + (claimed.offered() ? " handed it over" : " was lost");
    return desired == Desired.STOP ? stop(tries) : start(tries, why);
  }

  private Decision ready(Status.Starting starting) {
    AttemptHistory tries = starting.tries();
    if (desired != Desired.HOLD) {
      return Decision.to(starting); // its first packet is what counts
    }
    Status next =
        tries.captured()
            ? new Status.Paused(tries, now)
            : new Status.Held(tries.toAnnounced(), now);
    return announceStart(tries, Decision.to(next));
  }

  private Decision firstPacket(AttemptHistory tries) {
    Status next = new Status.Running(tries.toAnnounced().toCaptured(), now);
    Decision decision = announceStart(tries, Decision.to(next));
    // An order that came while the recorder was on its way.
    return desired == Desired.HOLD
        ? new Decision(
            decision.next(), decision.reason(), List.of(new Effect.Tell(new Command.Pause())))
        : decision;
  }

  private static Decision announceStart(AttemptHistory before, Decision decision) {
    if (before.announced()) {
      return decision;
    }
    return decision.announcing(before.misses() == 0 ? Reason.STARTED : Reason.STARTED_AFTER_RETRY);
  }

  /** Tells the recorder what is wanted; the status changes when it has happened. */
  private Decision follow(Status status, Command goOn) {
    Command order = desired == Desired.HOLD ? new Command.Pause() : goOn;
    return Decision.to(status, new Effect.Tell(order));
  }

  /** Not ready in time: another browser, or the end. */
  private Decision missed(AttemptHistory tries, String message) {
    if (desired == Desired.STOP) {
      return stop(tries);
    }
    if (tries.captured()) {
      return died(tries, FailureCategory.PAGE, message); // in the middle of a class: no new start
    }
    if (tries.misses() < AttemptHistory.MAX_RETRIES) {
      return start(tries.missed(), message).announcing(Reason.NOT_READY);
    }
    return giveUp(tries.missed(), new Failure(FailureCategory.PAGE, message, true));
  }

  /** Something died that is worth another try, unless it dies again and again. */
  private Decision died(AttemptHistory tries, FailureCategory category, String message) {
    if (desired == Desired.STOP) {
      return stop(tries);
    }
    boolean worthIt =
        switch (category) {
          case PAGE, INTERNAL -> tries.deaths() < AttemptHistory.MAX_DEATHS;
          case USER, CAPACITY -> false;
        };
    return worthIt
        ? start(tries.died(), message)
        : giveUp(tries, new Failure(category, message, false));
  }

  /** A recorder that ran well for a while has made up for those that died before it. */
  private AttemptHistory lived(AttemptHistory tries, Instant since) {
    return now.isAfter(since.plus(RAN_WELL).plus(hangs)) ? tries.ranWell() : tries;
  }

  private Decision giveUp(AttemptHistory tries, Failure failure) {
    return end(tries, failure).announcing(Reason.GIVEN_UP);
  }

  /** Stopped while no recorder is known to record. */
  private Decision stop(AttemptHistory tries) {
    return end(tries, null).announcing(Reason.STOPPED);
  }

  /** Completes everything that was recorded, also if nobody has heard of it yet. */
  private Decision end(AttemptHistory tries, @Nullable Failure failure) {
    return complete(new Status.Finishing(tries, failure));
  }

  /** Stopped before there was a recorder. */
  private static Decision stopQueued(AttemptHistory tries) {
    return Decision.to(new Status.Finished(tries)).announcing(Reason.STOPPED);
  }

  /** Stopped while a recorder records: it completes its own files. */
  private Decision finish(AttemptHistory tries) {
    return Decision.to(new Status.Finishing(tries, null), new Effect.Tell(new Command.Stop()))
        .announcing(Reason.STOPPED);
  }

  private Decision ending(AttemptHistory tries) {
    return Decision.to(new Status.Finishing(tries, null)).announcing(Reason.STOPPED);
  }

  /** Its recorder could not complete the files, or there is none any more. */
  private static Decision complete(Status.Finishing finishing) {
    return Decision.to(
        finishing, new Effect.KillRecorder(), new Effect.CompleteFiles(finishing.failure()));
  }

  private static Decision finished(AttemptHistory tries) {
    return Decision.to(new Status.Finished(tries));
  }
}
