package org.pagereel.recorder.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.wire.Event;

/**
 * The state of one attempt, and the rule for every order and event. Each gives the next state, and
 * the action that has to follow; {@link RecordingAttempt} does it. Nothing here has a side effect.
 *
 * @param wanted false while the page is held, or the recording paused
 * @param confirmed somebody with the right to do so said that the page is ready
 * @param stop the first order to end; null while there is none
 * @param failure the first failure; null while there is none
 * @param left the next attempt knows that the files are at rest
 */
record AttemptState(
    Phase phase,
    boolean wanted,
    boolean confirmed,
    @Nullable Stop stop,
    @Nullable RecordingFailure failure,
    boolean left) {

  /** Each phase is entered once, in this order; some may be left out. */
  enum Phase {
    /** The page is awaited. */
    OPENING,
    /** The page is ready: it is held, recorded or paused. */
    READY,
    /** The last picture is taken. */
    ENDED
  }

  /** An order to end, and its time. */
  record Stop(Event.End by, Instant at) {}

  /** What has to be done about an order or event. */
  enum Action {
    NOTHING,
    /** The order makes no sense now: warn. */
    REFUSE,
    /** Let the capture record, from the picture that is on the screen. */
    RECORD,
    /** Let the capture pause. */
    PAUSE,
    /** Let the capture end: later pictures are not wanted. */
    END,
    /** Free the main thread, if it waits for a page that does not answer. */
    STOP_WAITING,
    /** Say that this attempt failed, and leave its files as they are. */
    LEAVE
  }

  /** The next state, and the action that follows. */
  record Step(AttemptState next, Action action) {}

  static AttemptState opening(boolean hold) {
    return new AttemptState(Phase.OPENING, !hold, false, null, null, false);
  }

  /** Whether nothing more is to be recorded. */
  boolean isOver() {
    return stop != null || failure != null;
  }

  /** Whether the page has been ready. */
  boolean wasReady() {
    return phase != Phase.OPENING;
  }

  /** Whether the last picture has been taken. */
  boolean hasEnded() {
    return phase == Phase.ENDED;
  }

  /** The page is ready, whether it gives its signal or not. */
  Step confirm() {
    return new Step(new AttemptState(phase, wanted, true, stop, failure, left), Action.NOTHING);
  }

  /** The page has given its signal, and is painted. */
  Step ready() {
    return new Step(in(Phase.READY), wanted ? Action.RECORD : Action.NOTHING);
  }

  /** Ends a hold or pause; before the page is ready, there will be no hold. */
  Step resume() {
    if (wanted || isOver()) {
      return new Step(this, Action.REFUSE);
    }
    return new Step(wanting(true), phase == Phase.READY ? Action.RECORD : Action.NOTHING);
  }

  /** Cuts; before the page is ready, it will be held. */
  Step pause() {
    if (!wanted || isOver()) {
      return new Step(this, Action.REFUSE);
    }
    return new Step(wanting(false), phase == Phase.READY ? Action.PAUSE : Action.NOTHING);
  }

  /** Ends the recording, also while the page is awaited. Only the first order counts. */
  Step stop(Event.End by, Instant at) {
    if (stop != null) {
      return new Step(this, Action.NOTHING);
    }
    AttemptState next = new AttemptState(phase, wanted, confirmed, new Stop(by, at), failure, left);
    return new Step(next, phase == Phase.OPENING ? Action.STOP_WAITING : Action.END);
  }

  /** Something broke. Only the first failure counts. */
  Step fail(RecordingFailure cause) {
    AttemptState next = new AttemptState(phase, wanted, confirmed, stop, cause, left);
    return new Step(failure == null ? next : this, Action.NOTHING);
  }

  /** The last picture is taken. */
  Step ended() {
    return new Step(wasReady() ? in(Phase.ENDED) : this, Action.NOTHING);
  }

  /**
   * The files are at rest.
   *
   * @param toNext another attempt follows if this one failed
   */
  Step rest(boolean toNext) {
    return toNext && failure != null && !left
        ? new Step(new AttemptState(phase, wanted, confirmed, stop, failure, true), Action.LEAVE)
        : new Step(this, Action.NOTHING);
  }

  /** The cause of the end; a failure, if nobody ordered it. */
  Event.End endedBy() {
    return stop == null ? Event.End.FAILURE : stop.by();
  }

  private AttemptState in(Phase next) {
    return new AttemptState(next, wanted, confirmed, stop, failure, left);
  }

  private AttemptState wanting(boolean recording) {
    return new AttemptState(phase, recording, confirmed, stop, failure, left);
  }
}
