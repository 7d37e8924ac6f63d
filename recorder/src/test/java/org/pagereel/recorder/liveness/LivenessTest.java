package org.pagereel.recorder.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.liveness.Liveness.Finding;

/** Silence is a warning, then a failure of what causes it, and never a guess. */
class LivenessTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Part screen = new Part();
  private final Part page = new Part();
  private final Part disk = new Part();
  private Liveness liveness = watch(Duration.ofSeconds(10));
  private Instant now = START;

  /** A part that gives signs until it is told not to. */
  private static final class Part {
    private long signs;
    private boolean hangs;
    private boolean isDue = true;

    void live() {
      signs += hangs ? 0 : 1;
    }
  }

  private Liveness watch(@Nullable Duration frozenAfter) {
    return new Liveness(
        List.of(
            Probe.vital("The screen", "is silent", FailureCategory.INTERNAL, () -> screen.signs),
            Probe.vital("The page", "is silent", FailureCategory.PAGE, () -> page.signs),
            new Probe(
                "The disk",
                "is silent",
                FailureCategory.CAPACITY,
                () -> disk.signs,
                () -> disk.isDue,
                false)),
        LOOK,
        frozenAfter,
        START);
  }

  /** Looks for so long, and returns everything that was found. */
  private List<Finding> look(Duration time) {
    List<Finding> all = new ArrayList<>();
    for (long i = 0; i < time.dividedBy(LOOK); i++) {
      now = now.plus(LOOK);
      List.of(screen, page, disk).forEach(Part::live);
      all.addAll(liveness.look(now));
    }
    return all;
  }

  private static List<String> texts(List<Finding> findings) {
    return findings.stream()
        .map(finding ->
            switch (finding) {
              case Finding.Remark(String text) -> text;
              case Finding.Frozen(var cause) -> cause.category() + ": " + cause.getMessage();
            })
        .toList();
  }

  @Test
  void whatLivesIsNotSpokenOf() {
    assertThat(look(Duration.ofHours(1))).isEmpty();
    assertThat(liveness.isAnySilent()).isFalse();
  }

  @Test
  void aSilenceIsSaidOnceAndItsEnd() {
    page.hangs = true;
    assertThat(look(Duration.ofMillis(2750))).isEmpty();
    assertThat(texts(look(Duration.ofMillis(5250))))
        .containsExactly("The page is silent for 3.0 s");
    assertThat(liveness.isAnySilent()).isTrue();
    page.hangs = false;
    assertThat(texts(look(Duration.ofMinutes(1)))).containsExactly("The page is back after 8.0 s");
    assertThat(liveness.isAnySilent()).isFalse();
  }

  @Test
  void aSilenceThatLastsIsAFailureOnce() {
    page.hangs = true;
    assertThat(texts(look(Duration.ofMinutes(1))))
        .containsExactly("The page is silent for 3.0 s", "PAGE: The page is silent for 10.0 s");
  }

  @Test
  void whatDragsOthersWithItIsBlamed() {
    page.hangs = true; // it is asked more often than the screen
    look(LOOK);
    screen.hangs = true;
    assertThat(texts(look(Duration.ofMinutes(1))).getLast())
        .isEqualTo("INTERNAL: The screen is silent for 9.8 s");
  }

  @Test
  void whatFellSilentLaterIsNotToBlame() {
    page.hangs = true;
    look(Duration.ofSeconds(7));
    screen.hangs = true;
    assertThat(texts(look(Duration.ofSeconds(3))).getLast())
        .isEqualTo("PAGE: The page is silent for 10.0 s");
  }

  @Test
  void nothingFailsIfItIsOnlyToBeSaid() {
    liveness = watch(null);
    page.hangs = true;
    assertThat(texts(look(Duration.ofHours(1)))).containsExactly("The page is silent for 3.0 s");
  }

  @Test
  void anythingButTheVitalPartsIsOnlySaid() {
    disk.hangs = true;
    assertThat(texts(look(Duration.ofMinutes(1)))).containsExactly("The disk is silent for 3.0 s");
    assertThat(liveness.isAnySilent()).isFalse();
  }

  @Test
  void signsThatAreNotDueAreNotMissed() {
    disk.hangs = true;
    disk.isDue = false;
    assertThat(look(Duration.ofMinutes(1))).isEmpty();
    disk.isDue = true;
    assertThat(look(Duration.ofMillis(2750))).isEmpty();
    assertThat(texts(look(LOOK))).containsExactly("The disk is silent for 3.0 s");
  }

  /** A suspended machine: everything stood still, and so did whoever looks. */
  @Test
  void aPauseOfTheWatchProvesNothing() {
    look(Duration.ofSeconds(1));
    now = now.plusSeconds(3600);
    assertThat(liveness.look(now)).isEmpty();
    assertThat(look(Duration.ofSeconds(10))).isEmpty();
  }

  /** A page that was busy, and after the pause does all at once what was due in it. */
  @Test
  void whoeverLooksAgainGivesEverybodyTheWholeTime() {
    page.hangs = true;
    assertThat(texts(look(Duration.ofSeconds(9)))).containsExactly("The page is silent for 3.0 s");
    now = now.plusSeconds(30);
    assertThat(liveness.look(now)).as("it has not come back").isEmpty();
    assertThat(look(Duration.ofMillis(9750))).isEmpty();
    page.hangs = false;
    assertThat(texts(look(LOOK))).containsExactly("The page is back after 9.8 s");
  }
}
