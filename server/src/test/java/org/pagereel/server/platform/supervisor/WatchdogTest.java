package org.pagereel.server.platform.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.Pause;
import org.pagereel.server.WholeMachine;

/** Silence ends a recorder, after a time that depends on what it does. */
@WholeMachine
class WatchdogTest {
  private static final Duration SHORT = Duration.ofMillis(1500);
  private static final Patience PATIENCE =
      new Patience(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(60), null);
  private static final Event READY = new Event.Ready("load", 0.1);

  private final Process process;

  WatchdogTest() throws IOException {
    process = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void whoIsSilentIsEnded() throws Exception {
    try (Watchdog watchdog = Watchdog.recording(PATIENCE, Duration.ZERO).watch(process)) {
      watchdog.hear(READY, WatchdogTest::nobody);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(watchdog.bit()).isTrue();
    }
  }

  @Test
  void whoSpeaksIsNot() throws Exception {
    try (Watchdog watchdog = Watchdog.recording(PATIENCE, Duration.ZERO).watch(process)) {
      for (int i = 0; i < 30; i++) {
        watchdog.hear(READY, WatchdogTest::nobody);
        Pause.of(Duration.ofMillis(50));
      }
      assertThat(process.isAlive()).isTrue();
      assertThat(watchdog.bit()).isFalse();
    }
  }

  @Test
  void opening() throws Exception {
    try (Watchdog _ = Watchdog.recording(PATIENCE, Duration.ZERO).watch(process)) {
      assertThat(process.waitFor(SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void afterAStop() throws Exception {
    try (Watchdog watchdog = Watchdog.recording(PATIENCE, Duration.ZERO).watch(process)) {
      watchdog.hear(READY, WatchdogTest::nobody);
      watchdog.told(new Command.Stop());
      watchdog.hear(READY, WatchdogTest::nobody);
      assertThat(process.waitFor(SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  /** A terminal that takes nothing (Ctrl-S) says nothing about the recorder. */
  @Test
  void aBusyListener() throws Exception {
    try (Watchdog watchdog = Watchdog.recording(PATIENCE, Duration.ZERO).watch(process)) {
      watchdog.hear(READY, event -> Pause.of(SHORT));
      assertThat(process.isAlive()).isTrue();
    }
  }

  private static void nobody(Event event) {}
}
