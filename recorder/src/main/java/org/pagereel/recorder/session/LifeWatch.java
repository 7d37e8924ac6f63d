package org.pagereel.recorder.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.capture.Capture;
import org.pagereel.recorder.liveness.Liveness;
import org.pagereel.recorder.liveness.Probe;
import org.pagereel.recorder.timeline.Clock;

/**
 * Says what gives no sign of life, and which process has stopped, and notices a death that the
 * browser takes no notice of; a duty of the watch.
 */
final class LifeWatch implements Runnable {
  private static final long LOOKS_IN_A_SECOND = Duration.ofSeconds(1).dividedBy(AttemptWatch.EVERY);

  private final Stage set;
  private final Liveness liveness;
  private final Consumer<String> warn;
  private final Consumer<RecordingFailure> lost;
  private int looks;
  private boolean gone;
  private volatile boolean silent;

  /**
   * Looks when it is told to.
   *
   * @param frozenAfter the silence after which the attempt fails; null if it never does
   * @param lost told the cause, of each of both kinds once
   */
  LifeWatch(
      Stage set,
      Capture taken,
      @Nullable Duration frozenAfter,
      Consumer<String> warn,
      Consumer<RecordingFailure> lost) {
    this.set = set;
    this.warn = warn;
    this.lost = lost;
    List<Probe> probes = new ArrayList<>(taken.sources());
    probes.addAll(set.browser().probes(taken::paints));
    probes.addAll(taken.results());
    probes.add(set.probe());
    liveness = new Liveness(probes, AttemptWatch.EVERY, frozenAfter, Clock.instant());
  }

  @Override
  public void run() {
    for (Liveness.Finding finding : liveness.look(Clock.instant())) {
      switch (finding) {
        case Liveness.Finding.Remark(String text) -> warn.accept(withStopped(text));
        case Liveness.Finding.Frozen(RecordingFailure cause) ->
            lost.accept(
                new RecordingFailure(
                    cause.category(), withStopped(String.valueOf(cause.getMessage()))));
      }
    }
    silent = liveness.isAnySilent();
    if (++looks % LOOKS_IN_A_SECOND == 0 && !gone && set.hasLostItsRenderers()) {
      gone = true;
      lost.accept(new RecordingFailure(FailureCategory.PAGE, "The page's renderer is gone"));
    }
  }

  /** Something that the recording cannot do without gives no sign of life; of any thread. */
  boolean isAnySilent() {
    return silent;
  }

  private String withStopped(String text) {
    String stopped = set.stopped();
    return stopped.isEmpty() ? text : text + "; stopped: " + stopped;
  }
}
