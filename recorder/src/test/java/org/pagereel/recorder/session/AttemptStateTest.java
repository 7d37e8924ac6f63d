package org.pagereel.recorder.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.session.AttemptState.Action;
import org.pagereel.recorder.session.AttemptState.Phase;
import org.pagereel.recorder.session.AttemptState.Step;
import org.pagereel.recorder.wire.Event;

/** Orders and events in every order in which they may come. */
class AttemptStateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final RecordingFailure broken = new RecordingFailure(FailureCategory.PAGE, "broken");
  private AttemptState state = AttemptState.opening(false);

  private Action take(Function<AttemptState, Step> rule) {
    Step step = rule.apply(state);
    state = step.next();
    return step.action();
  }

  private Action stop() {
    return take(now -> now.stop(Event.End.ORDER, NOW));
  }

  @Test
  void recordsWhenThePageIsReady() {
    assertThat(take(AttemptState::ready)).isEqualTo(Action.RECORD);
    assertThat(take(AttemptState::resume)).isEqualTo(Action.REFUSE);
    assertThat(take(AttemptState::pause)).isEqualTo(Action.PAUSE);
    assertThat(take(AttemptState::pause)).isEqualTo(Action.REFUSE);
    assertThat(take(AttemptState::resume)).isEqualTo(Action.RECORD);
    assertThat(stop()).isEqualTo(Action.END);
    assertThat(take(AttemptState::ended)).isEqualTo(Action.NOTHING);
    assertThat(state.phase()).isEqualTo(Phase.ENDED);
    assertThat(state.endedBy()).isEqualTo(Event.End.ORDER);
  }

  @Test
  void aHeldPageIsRecordedWhenItIsReleased() {
    state = AttemptState.opening(true);
    assertThat(take(AttemptState::pause)).isEqualTo(Action.REFUSE);
    assertThat(take(AttemptState::ready)).isEqualTo(Action.NOTHING);
    assertThat(take(AttemptState::resume)).isEqualTo(Action.RECORD);
  }

  /** A release or a pause may come before the page is ready. */
  @Test
  void theLastOrderBeforeThePageIsReadyCounts() {
    assertThat(take(AttemptState::pause)).isEqualTo(Action.NOTHING);
    assertThat(take(AttemptState::resume)).isEqualTo(Action.NOTHING);
    assertThat(take(AttemptState::pause)).isEqualTo(Action.NOTHING);
    assertThat(take(AttemptState::ready)).isEqualTo(Action.NOTHING);
    assertThat(take(AttemptState::resume)).isEqualTo(Action.RECORD);
  }

  @Test
  void aStopFreesWhoeverWaitsForThePage() {
    assertThat(stop()).isEqualTo(Action.STOP_WAITING);
    assertThat(stop()).isEqualTo(Action.NOTHING);
    assertThat(state.isOver()).isTrue();
    assertThat(state.wasReady()).isFalse();
    assertThat(take(AttemptState::resume)).isEqualTo(Action.REFUSE);
    take(AttemptState::ended);
    assertThat(state.wasReady()).as("it never was").isFalse();
  }

  @Test
  void onlyTheFirstStopAndTheFirstFailureCount() {
    take(AttemptState::ready);
    take(now -> now.stop(Event.End.PAGE, NOW));
    assertThat(take(now -> now.stop(Event.End.IDLE, NOW.plusSeconds(1)))).isEqualTo(Action.NOTHING);
    assertThat(state.endedBy()).isEqualTo(Event.End.PAGE);
    take(now -> now.fail(broken));
    take(now -> now.fail(new RecordingFailure(FailureCategory.INTERNAL, "because of that")));
    assertThat(state.failure()).isSameAs(broken);
  }

  @Test
  void afterAFailureNothingIsRecorded() {
    take(AttemptState::ready);
    take(now -> now.fail(broken));
    assertThat(state.endedBy()).isEqualTo(Event.End.FAILURE);
    assertThat(take(AttemptState::pause)).isEqualTo(Action.REFUSE);
    assertThat(take(AttemptState::resume)).isEqualTo(Action.REFUSE);
  }

  /** Once, as soon as its files are at rest. */
  @Test
  void whatFailedIsLeftToTheNextAttempt() {
    take(AttemptState::ready);
    assertThat(take(now -> now.rest(true))).as("nothing failed").isEqualTo(Action.NOTHING);
    take(now -> now.fail(broken));
    assertThat(take(now -> now.rest(false))).as("no attempt follows").isEqualTo(Action.NOTHING);
    assertThat(take(now -> now.rest(true))).isEqualTo(Action.LEAVE);
    assertThat(take(now -> now.rest(true))).isEqualTo(Action.NOTHING);
  }

  /** A stop must still free whoever waits for it. */
  @Test
  void aPageThatWasNeverReadyIsNotReadyByBeingLeft() {
    take(now -> now.fail(broken));
    assertThat(take(now -> now.rest(true))).isEqualTo(Action.LEAVE);
    assertThat(state.wasReady()).isFalse();
    assertThat(stop()).isEqualTo(Action.STOP_WAITING);
  }

  @Test
  void aConfirmedPageIsAsGoodAsReady() {
    assertThat(state.confirmed()).isFalse();
    assertThat(take(AttemptState::confirm)).isEqualTo(Action.NOTHING);
    assertThat(state.confirmed()).isTrue();
    assertThat(state.wasReady()).as("it must be painted").isFalse();
  }
}
