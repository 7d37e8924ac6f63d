package org.pagereel.server.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.wire.Command;

/** The table of rules, without a process, a store or a clock. */
class LifecycleTest {
  private static final Happening CLAIMED = new Happening.Claimed(null, false);
  private static final Happening READY = new Happening.PageReady();
  private static final Happening PACKET = new Happening.FirstPacket();
  private static final Happening WANTED = new Happening.Wanted();
  private static final Happening COMPLETED = new Happening.Completed();
  private static final Happening NOT_READY =
      new Happening.Broke(FailureCategory.PAGE, "The page was not ready within 2s");
  private static final Happening DIED =
      new Happening.Broke(FailureCategory.INTERNAL, "The recorder was killed by signal 9");

  private final Life life = new Life();

  @Test
  void readyAtOnce() {
    life.happens(CLAIMED, READY, PACKET).wants(Desired.STOP).happens(COMPLETED);
    assertThat(life.reasons).containsExactly(Reason.STARTED, Reason.STOPPED);
    assertThat(life.status).isInstanceOf(Status.Finished.class);
  }

  @Test
  void readyOnTheSecondTry() {
    life.happens(CLAIMED, NOT_READY, READY, PACKET).wants(Desired.STOP).happens(COMPLETED);
    assertThat(life.reasons)
        .containsExactly(Reason.NOT_READY, Reason.STARTED_AFTER_RETRY, Reason.STOPPED);
  }

  @Test
  void neverReady() {
    life.happens(CLAIMED, NOT_READY, NOT_READY, NOT_READY);
    assertThat(life.reasons).containsExactly(Reason.NOT_READY, Reason.NOT_READY, Reason.GIVEN_UP);
    life.happens(COMPLETED);
    assertThat(life.status)
        .isInstanceOfSatisfying(
            Status.Failed.class, failed -> assertThat(failed.failure().unready()).isTrue());
    assertThat(life.started).isEqualTo(3);
  }

  @Test
  void aHungPageIsTheSameAsOneThatIsNotReady() {
    Happening overdue = new Happening.Overdue();
    life.happens(CLAIMED, overdue, overdue, overdue);
    assertThat(life.reasons).containsExactly(Reason.NOT_READY, Reason.NOT_READY, Reason.GIVEN_UP);
    assertThat(life.recorders).isZero();
  }

  @Test
  void stoppedWhileThePageIsAwaited() {
    life.happens(CLAIMED).wants(Desired.STOP);
    assertThat(life.reasons).containsExactly(Reason.STOPPED);
    assertThat(life.completing).isTrue();
    life.happens(COMPLETED);
    assertThat(life.status).isInstanceOf(Status.Finished.class);
    assertThat(life.recorders).isZero();
  }

  @Test
  void stoppedInTheQueue() {
    life.desired = Desired.STOP;
    life.happens(CLAIMED);
    assertThat(life.reasons).containsExactly(Reason.STOPPED);
    assertThat(life.started).isZero();
  }

  @Test
  void heldReleasedPausedResumed() {
    life.desired = Desired.HOLD;
    life.happens(CLAIMED, READY);
    assertThat(life.status).isInstanceOf(Status.Held.class);
    life.wants(Desired.RUN).happens(PACKET);
    assertThat(life.status).isInstanceOf(Status.Running.class);
    life.wants(Desired.HOLD).happens(new Happening.PauseTaken());
    assertThat(life.status).isInstanceOf(Status.Paused.class);
    life.wants(Desired.RUN).happens(PACKET).wants(Desired.STOP).happens(COMPLETED);
    assertThat(life.told)
        .containsExactly(
            new Command.Release(), new Command.Pause(), new Command.Resume(), new Command.Stop());
    assertThat(life.reasons).containsExactly(Reason.STARTED, Reason.STOPPED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"waiting", "held", "recording", "paused"})
  void aRecorderThatDiesIsReplacedWithoutAWord(String where) {
    life.desired = where.equals("held") ? Desired.HOLD : Desired.RUN;
    life.happens(CLAIMED);
    if (!where.equals("waiting")) {
      life.happens(READY);
    }
    if (where.equals("recording") || where.equals("paused")) {
      life.happens(PACKET);
    }
    if (where.equals("paused")) {
      life.wants(Desired.HOLD).happens(new Happening.PauseTaken());
    }
    List<Reason> before = List.copyOf(life.reasons);
    RecordingState state = life.status.state();
    life.happens(DIED);
    assertThat(life.started).isEqualTo(2);
    assertThat(life.reasons).isEqualTo(before);
    life.happens(READY);
    if (life.desired == Desired.RUN) {
      life.happens(PACKET);
      assertThat(life.status).isInstanceOf(Status.Running.class);
    } else {
      assertThat(life.status.state()).isEqualTo(state);
    }
    life.wants(Desired.STOP);
    assertThat(life.reasons).containsExactly(Reason.STARTED, Reason.STOPPED);
  }

  @Test
  void oneThatDiesAgainAndAgainIsGivenUpAndWhatThereIsIsCompleted() {
    life.happens(CLAIMED, READY, PACKET);
    for (int i = 0; i < 10 && life.status.state().isRunning(); i++) {
      life.happens(DIED);
    }
    assertThat(life.status).isInstanceOf(Status.Finishing.class);
    assertThat(life.completing).isTrue();
    life.happens(COMPLETED);
    assertThat(life.status).isInstanceOf(Status.Failed.class);
    assertThat(life.reasons).containsExactly(Reason.STARTED, Reason.GIVEN_UP);
  }

  @Test
  void aFullDiskIsNotTriedAgain() {
    life.happens(CLAIMED, READY, PACKET);
    life.happens(new Happening.Broke(FailureCategory.CAPACITY, "Disk full"));
    assertThat(life.started).isEqualTo(1);
    assertThat(life.status).isInstanceOf(Status.Finishing.class);
  }

  /** A disk that is full has room again some day; until then nothing is said to be over. */
  @Test
  void aCompletionThatFailedIsTriedAgain() {
    life.happens(CLAIMED, READY, PACKET).wants(Desired.STOP).happens(DIED);
    assertThat(life.completing).isTrue();
    for (int i = 0; i < 3; i++) {
      life.happens(new Happening.Overdue());
      assertThat(life.completing).isFalse();
      assertThat(life.status).isInstanceOf(Status.Finishing.class);
      assertThat(life.recorders).isZero();
      life.happens(CLAIMED);
      assertThat(life.completing).isTrue();
    }
    life.happens(COMPLETED);
    assertThat(life.status).isInstanceOf(Status.Finished.class);
    assertThat(life.reasons).containsExactly(Reason.STARTED, Reason.STOPPED);
  }

  @Test
  void thePageMayEndTheRecording() {
    life.happens(CLAIMED, READY, PACKET, new Happening.Ending(EndCause.PAGE), COMPLETED);
    assertThat(life.reasons).containsExactly(Reason.STARTED, Reason.STOPPED);
    assertThat(life.status).isInstanceOf(Status.Finished.class);
  }

  @Test
  void anotherOwnerGoesOn() {
    life.happens(CLAIMED, READY, PACKET, CLAIMED);
    assertThat(life.started).isEqualTo(2);
    life.happens(PACKET).wants(Desired.STOP);
    assertThat(life.reasons).containsExactly(Reason.STARTED, Reason.STOPPED);
    life.happens(CLAIMED);
    assertThat(life.completing).isTrue();
  }

  @Test
  void whateverHappensTheRulesHold() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      Life any = new Life();
      any.desired = random.nextBoolean() ? Desired.RUN : Desired.HOLD;
      any.happens(CLAIMED);
      for (int step = 0; step < 40; step++) {
        any.random(random);
        any.check("seed " + seed + " step " + step);
      }
    }
  }

  /** Plays the owner: keeps what a decision changes and counts what it does. */
  private static final class Life {
    private final List<Reason> reasons = new ArrayList<>();
    private final List<Command> told = new ArrayList<>();
    private Status status = new Status.Queued(AttemptHistory.NONE);
    private Desired desired = Desired.RUN;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int started;
    private int recorders;
    private boolean completing;

    Life happens(Happening... happenings) {
      for (Happening happening : happenings) {
        now = now.plusSeconds(1);
        Decision decision =
            Lifecycle.decide(status, desired, Duration.ofSeconds(2), Duration.ZERO, happening, now);
        status = decision.next();
        decision.reason().ifPresent(reasons::add);
        decision.effects().forEach(this::act);
      }
      return this;
    }

    Life wants(Desired wanted) {
      desired = wanted;
      return happens(WANTED);
    }

    private void act(Effect effect) {
      switch (effect) {
        case Effect.StartRecorder ignored -> {
          started++;
          recorders = 1; // the owner ends the one before
        }
        case Effect.Tell(Command command) -> told.add(command);
        case Effect.KillRecorder() -> recorders = 0;
        case Effect.CompleteFiles ignored -> completing = true;
        case Effect.PutOff() -> completing = false;
      }
    }

    void random(Random random) {
      switch (random.nextInt(9)) {
        case 0 -> happens(CLAIMED);
        case 1 -> happens(READY);
        case 2, 3 -> happens(PACKET);
        case 4 -> happens(NOT_READY);
        case 5 -> happens(DIED);
        case 6 -> happens(new Happening.PauseTaken());
        case 7 -> wants(random.nextBoolean() ? Desired.HOLD : Desired.RUN);
        default -> {
          if (random.nextInt(4) == 0) {
            wants(Desired.STOP);
          } else if (random.nextInt(4) == 0) {
            happens(COMPLETED);
          }
        }
      }
    }

    void check(String where) {
      long starts =
          reasons.stream()
              .filter(reason -> reason == Reason.STARTED || reason == Reason.STARTED_AFTER_RETRY)
              .count();
      long ends =
          reasons.stream()
              .filter(reason -> reason == Reason.STOPPED || reason == Reason.GIVEN_UP)
              .count();
      assertThat(starts).as(where).isLessThanOrEqualTo(1);
      assertThat(ends).as(where).isEqualTo(status.state().isRunning() ? 0 : 1);
      assertThat(reasons.stream().filter(reason -> reason == Reason.NOT_READY).count())
          .as(where)
          .isLessThanOrEqualTo(2);
      if (ends == 1) {
        assertThat(reasons.getLast()).as(where).isIn(Reason.STOPPED, Reason.GIVEN_UP);
      }
      boolean wantsRecorder =
          switch (status.state()) {
            case STARTING, READY, RECORDING, PAUSED -> true;
            case QUEUED, FINISHING, FINISHED, FAILED -> false;
          };
      if (wantsRecorder) {
        assertThat(recorders).as(where).isEqualTo(1);
      }
    }
  }
}
