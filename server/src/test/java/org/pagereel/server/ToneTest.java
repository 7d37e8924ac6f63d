package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.SteadyTone;

/** A tone that a page holds is in the file without a break, at its level. */
@WholeMachine
class ToneTest {
  private static final double LEVEL = 0.8;

  /** One break a second: what a noisy machine may do to it, and what the old buffers did. */
  private static final int MAX_BREAKS = 5;

  private static final int STANDSTILLS = 6;

  /** A browser needs a second for its first sound. */
  private static final double BEGUN = 2;

  @TempDir Path folder;

  /** Where the recorder may have it so. */
  @Test
  void theThreadsThatCarrySoundGoFirst() throws Exception {
    assumeTrue(
        new ProcessBuilder("chrt", "--rr", "1", "true").start().waitFor() == 0,
        "the system does not let this account say which threads go first");
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, tone(pages)).start();
      recorder.await(Event.Recording.class);
      try {
        assertThat(
                Await.until(
                    Duration.ofSeconds(20),
                    () ->
                        policies(recorder)
                            .containsAll(
                                List.of(
                                    "pipe-sink 2",
                                    "threaded-ml 2",
                                    "AudioOutputDevi 2",
                                    "sound 2"))))
            .as("%s", policies(recorder))
            .isTrue();
      } finally {
        recorder.send(new Command.Stop());
        assertThat(recorder.end()).isInstanceOf(Event.Finished.class);
      }
      recorder.assertNothingLeft();
    }
  }

  private static Stream<ProcessHandle> tree(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  /** Name and scheduling policy of every thread of the recording; 2 is round robin. */
  private static Set<String> policies(TestRecorder recorder) {
    return ProcessHandle.of(recorder.pid()).stream()
        .flatMap(ToneTest::tree)
        .flatMap(process -> lines(Path.of("/proc", process.pid() + "", "task")))
        .map(line -> line.replaceAll("^\\d+ \\((.*)\\) (\\S+ ){38}(\\d+) .*", "$1 $3"))
        .collect(Collectors.toSet());
  }

  private static Stream<String> lines(Path tasks) {
    try (Stream<Path> all = Files.list(tasks)) {
      return all
          .flatMap(task -> {
            try {
              return Stream.of(Files.readString(task.resolve("stat")).strip());
            } catch (IOException e) {
              return Stream.empty(); // it ended meanwhile
            }
          })
          .toList()
          .stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty();
    }
  }

  @ParameterizedTest(name = "{0} channels")
  @ValueSource(ints = {1, 2})
  void aLoudToneInBothChannelsIsWholeAndAsLoud(int channels) throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder =
          new TestRecorder(folder, tone(pages)).sound(new SoundProfile(channels, 128)).start();
      Report report = recorder.record(Duration.ofSeconds(6));

      SteadyTone seen = SteadyTone.of(Decoded.sound(recorder.video()), 500, BEGUN, 5.5);
      assertThat(20 * Math.log10(seen.level() / LEVEL)).isCloseTo(0, within(0.3));
      assertThat(seen.breaks()).isLessThan(MAX_BREAKS);
      assertThat(seen.longestMillis()).isLessThan(100);
      assertThat(report.sound()).isNotNull();
      assertThat(report.sound().breaks()).isLessThanOrEqualTo(seen.breaks() + 1L);
      recorder.assertNothingLeft();
    }
  }

  /**
   * As a virtual machine does whose host is busy. A sink with a clock of its own broke each time.
   */
  @Test
  void aMachineThatStandsStillForAMomentBreaksNothing() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, tone(pages)).start();
      recorder.await(Event.Recording.class);
      for (int i = 0; i < STANDSTILLS; i++) {
        TestRecorder.after(Duration.ofSeconds(i == 0 ? 3 : 1), () -> standStill(recorder));
      }
      TestRecorder.after(Duration.ofSeconds(1), () -> recorder.send(new Command.Stop()));
      assertThat(recorder.end()).isInstanceOf(Event.Finished.class);

      SteadyTone seen =
          SteadyTone.of(Decoded.sound(recorder.video()), 500, BEGUN, 3 + STANDSTILLS * 1.1);
      System.out.printf("%d standstills, breaks at %s s%n", STANDSTILLS, seen.breaksAt());
      assertThat(seen.level()).isCloseTo(LEVEL, within(LEVEL * 0.05));
      assertThat(seen.seconds()).isGreaterThan(STANDSTILLS);
      assertThat(seen.breaks()).isLessThan(STANDSTILLS / 2); // a noisy machine may add some
      assertThat(recorder.report().durationSeconds())
          .isCloseTo(SyncTest.recordedSeconds(recorder.report()), within(0.15));
      recorder.assertNothingLeft();
    }
  }

  /** Its silence lies in its place, is counted and told, also at the end. */
  @Test
  void aDaemonThatHangsIsSilenceAndCounted() throws Exception {
    try (TestPages pages = new TestPages()) {
      TestRecorder recorder = new TestRecorder(folder, tone(pages)).start();
      recorder.await(Event.Recording.class);
      List<String> daemon =
          ProcessHandle.of(recorder.pid()).stream()
              .flatMap(ToneTest::tree)
              .filter(process -> process.info().command().orElse("").endsWith("/pulseaudio"))
              .map(process -> String.valueOf(process.pid()))
              .toList();
      TestRecorder.after(Duration.ofSeconds(3), () -> signal("STOP", daemon));
      TestRecorder.after(Duration.ofMillis(1500), () -> signal("CONT", daemon));
      TestRecorder.after(Duration.ofMillis(2500), () -> signal("STOP", daemon));
      TestRecorder.after(Duration.ofMillis(800), () -> recorder.send(new Command.Stop()));
      assertThat(recorder.end()).isInstanceOf(Event.Finished.class);

      Report report = recorder.report();
      SteadyTone seen =
          SteadyTone.of(Decoded.sound(recorder.video()), 500, BEGUN, report.durationSeconds());
      assertThat(seen.level()).isCloseTo(LEVEL, within(LEVEL * 0.05));
      assertThat(seen.longestMillis()).isBetween(1300, 2000);
      assertThat(report.sound().breaks()).isBetween(2L, 6L);
      assertThat(report.sound().silentMillis()).isBetween(2000L, 3500L);
      assertThat(report.warnings()).extracting(Report.Warning::kind).contains("sound");
      recorder.assertNothingLeft();
    }
  }

  /** All processes of the recording, for a tenth of a second. */
  private static void standStill(TestRecorder recorder) {
    List<String> all =
        ProcessHandle.of(recorder.pid()).stream()
            .flatMap(ToneTest::tree)
            .map(process -> String.valueOf(process.pid()))
            .toList();
    signal("STOP", all);
    TestRecorder.after(Duration.ofMillis(100), () -> signal("CONT", all));
  }

  private static void signal(String name, List<String> processes) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    command.addAll(processes);
    try {
      assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The page itself breaks its tone, so that it is known how often. */
  @Test
  void whatIsMissingIsInTheReport() throws Exception {
    try (TestPages pages = new TestPages()) {
      String url =
          pages.html(
              "holes",
              """
              <script>
                const context = new AudioContext();
                const tone = new OscillatorNode(context, { frequency: 500 });
                const gain = new GainNode(context, { gain: 0.5 });
                tone.connect(gain).connect(context.destination);
                tone.start();
                for (let i = 0; i < 10; i++) {
                  gain.gain.setValueAtTime(0, 3 + i / 2);
                  gain.gain.setValueAtTime(0.5, 3.03 + i / 2);
                }
                setTimeout(() => console.info("END_RECORDING"), 9000);
              </script>
              """);
      TestRecorder recorder = new TestRecorder(folder, url).start();
      assertThat(recorder.end()).isInstanceOf(Event.Finished.class);
      Report report = recorder.report();
      assertThat(report.sound().breaks()).isBetween(10L, 15L);
      assertThat(report.sound().silentMillis()).isBetween(200L, 600L);
      assertThat(report.sound().longestMillis()).isBetween(20L, 60L);
      assertThat(report.warnings())
          .filteredOn(warning -> warning.kind().equals("sound"))
          .singleElement()
          .extracting(Report.Warning::message)
          .asString()
          .startsWith("the sound broke 1");
    }
  }

  private static String tone(TestPages pages) {
    return pages.html(
        "tone",
        """
        <script>
          const context = new AudioContext();
          const tone = new OscillatorNode(context, { frequency: 500 });
          tone.connect(new GainNode(context, { gain: %s })).connect(context.destination);
          tone.start();
        </script>
        """
            .formatted(LEVEL));
  }
}
