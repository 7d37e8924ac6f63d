package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;

/** A held recording shows and writes nothing until it is released, and then begins at once. */
@WholeMachine
class HoldTest {
  @TempDir Path folder;

  @Test
  void beginsWithTheReleaseAndNotBefore() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, pages.url("demo/")).hold().start();
      recorder.await(Event.Ready.class);
      AtomicReference<Instant> released = new AtomicReference<>();
      TestRecorder.after(
          Duration.ofSeconds(2),
          () -> {
            assertThat(slices()).isZero();
            released.set(Instant.now());
            recorder.send(new Command.Release());
          });
      Report report = recorder.record(Duration.ofSeconds(1));

      Duration late = Duration.between(released.get(), report.startedAt());
      assertThat(late).isBetween(Duration.ZERO, Duration.ofMillis(300));
      assertThat(report.holds()).hasSize(1);
      assertThat(report.holds().getFirst().to()).isEqualTo(report.startedAt());
      recorder.assertNothingLeft();
    }
  }

  @Test
  void stoppedWhileHeldLeavesNoMediaAndSaysWhy() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, pages.url("size.html")).hold().start();
      recorder.await(Event.Ready.class);
      recorder.send(new Command.Stop());

      assertThat(recorder.end())
          .isInstanceOfSatisfying(
              Event.Failed.class,
              failed -> assertThat(failed.message()).contains("never released"));
      assertThat(slices()).isZero();
      recorder.assertNothingLeft();
    }
  }

  private long slices() {
    try (var files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(".ts")).count();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
