package org.pagereel.recorder.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.SoundCounters;

class SoundWatchTest {
  private final List<String> warnings = new ArrayList<>();
  private SoundCounters counters = SoundCounters.NONE;
  private final SoundWatch watch = new SoundWatch(() -> counters, warnings::add);

  @Test
  void aFewShortBreaksInAMinuteAreTolerated() {
    counters = new SoundCounters(2, 100, 60);
    watch.look();
    assertThat(warnings).isEmpty();
  }

  @Test
  void moreAreAWarningEachMinuteAndOnlyOnceForEach() {
    counters = new SoundCounters(3, 30, 10);
    watch.look();
    watch.look(); // nothing new
    counters = new SoundCounters(4, 140, 110);
    watch.look();
    assertThat(warnings).hasSize(2);
    assertThat(warnings.getFirst()).contains("broke 3 times", "30 ms");
    assertThat(warnings.getLast()).contains("broke 1 times", "110 ms");
  }

  @Test
  void aBreakMayTakeLongerThanAMinute() {
    counters = new SoundCounters(1, 40_000, 40_000);
    watch.look();
    counters = new SoundCounters(1, 60_000, 60_000);
    watch.look();
    assertThat(warnings.getLast()).contains("still broken", "20000 ms").doesNotContain("0 times");
  }

  @Test
  void aPageThatPlaysItSoDoesNotFillTheReport() {
    for (int minute = 1; minute <= 60; minute++) {
      counters = new SoundCounters(100L * minute, 10_000L * minute, 100);
      watch.look();
    }
    assertThat(warnings).hasSize(5);
  }
}
