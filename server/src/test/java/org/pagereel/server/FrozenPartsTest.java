package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;

/**
 * A recorder that nobody replaces, as the command line has it: it says what hangs, records on when
 * that is over, and can be stopped meanwhile.
 */
@WholeMachine
class FrozenPartsTest {
  /** The warning comes after 3 s; the rest is for a machine with two busy cores. */
  private static final Duration WARNED_WITHIN = Duration.ofSeconds(8);

  /** Closing has deadlines of its own for each part. */
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

  /** A page that moves and speaks, and cannot be told from one that hangs by its size. */
  private static final String MOVING =
      """
      <body style="background:#135;color:#fff;font:80px sans-serif"><p id=n>0</p><script>
      let n = 0;
      (function draw() { document.getElementById('n').textContent = n++; requestAnimationFrame(draw); })();
      </script>
      """;

  /** Pages at rest, without sound, or with their own idea of time. */
  private static final List<String> WELL =
      List.of(
          "<body>no timers<script>for (const name of ['setTimeout', 'setInterval',"
              + " 'requestAnimationFrame', 'Promise']) window[name] = () => 0;</script>",
          "<body>nothing to see<script>"
              + "const c = document.createElement('canvas').getContext('2d');"
              + " (function draw() { c.fillRect(0, 0, 9, 9); requestAnimationFrame(draw); })();"
              + "</script>",
          "<body style='background:#246'>still",
          "<body>busy<script>setInterval(() => { const end = performance.now() + 2000;"
              + " while (performance.now() < end); }, 2500)</script>");

  @TempDir Path folder;

  private final TestPages pages = new TestPages();

  FrozenPartsTest() throws IOException {}

  @AfterEach
  void close() {
    pages.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  private static List<String> toSay() {
    return LongForm.isOn()
        ? List.of("--type=renderer", "--type=gpu-process", "Xvfb", "pulseaudio", "cli.js")
        : List.of("--type=gpu-process");
  }

  private static List<String> toStop() {
    return LongForm.isOn()
        ? List.of("--type=renderer", "chromium/chromium", "Xvfb", "pulseaudio", "cli.js")
        : List.of("cli.js");
  }

  @ParameterizedTest
  @MethodSource("toSay")
  @SideBySide
  void isSaidAndGoesOn(String part) throws Exception {
    TestRecorder recorder = new TestRecorder(folder, pages.html("moving.html", MOVING)).start();
    recorder.await(Event.Recording.class);
    Pause.of(Duration.ofSeconds(1));
    Victims.stop(recorder.id, part);
    String said = warning(recorder, " for ");
    assertThat(said).contains("stopped: ");
    Pause.of(Duration.ofSeconds(3));
    Victims.goOn(recorder.id, part);
    warning(recorder, "is back after");
    Pause.of(Duration.ofSeconds(2));
    recorder.send(new Command.Stop());
    assertThat(recorder.end()).isInstanceOf(Event.Finished.class);
    Report report = recorder.report();
    assertThat(report.gaps()).isEmpty();
    assertThat(report.durationSeconds()).isGreaterThan(8.0);
    recorder.assertNothingLeft();
  }

  @ParameterizedTest
  @MethodSource("toStop")
  @SideBySide
  void canBeStopped(String part) throws Exception {
    stopWhileFrozen(new TestRecorder(folder, pages.html("moving.html", MOVING)), part);
  }

  @Test
  @SideBySide
  @EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
  void canBeStoppedWithStreams() throws Exception {
    stopWhileFrozen(
        new TestRecorder(folder, pages.html("moving.html", MOVING)).streams(StreamsPlan.EACH),
        "--type=renderer");
  }

  private static void stopWhileFrozen(TestRecorder recorder, String part) throws Exception {
    recorder.start().await(Event.Recording.class);
    Pause.of(Duration.ofSeconds(2));
    Victims.stop(recorder.id, part);
    warning(recorder, " for ");
    long asked = System.nanoTime();
    recorder.send(new Command.Stop());
    assertThat(recorder.end()).as(recorder.events().toString()).isInstanceOf(Event.Finished.class);
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(STOPPED_WITHIN);
    assertThat(recorder.report().durationSeconds()).isGreaterThan(2.0);
    recorder.assertNothingLeft();
  }

  /** Its main thread never comes back; picture and sound of before are kept. */
  @Test
  @SideBySide
  void anEndlessLoop() throws Exception {
    String page =
        pages.html("loop.html", MOVING + "<script>setTimeout(() => { for (;;); }, 3000)</script>");
    TestRecorder recorder = new TestRecorder(folder, page).start();
    recorder.await(Event.Recording.class);
    assertThat(warning(recorder, " for ")).startsWith("The page has not answered");
    recorder.send(new Command.Stop());
    assertThat(recorder.end()).isInstanceOf(Event.Finished.class);
    recorder.assertNothingLeft();
  }

  /** A page that shows nothing although it should. */
  @Test
  @SideBySide
  @EnabledIfSystemProperty(named = "pagereel.long", matches = "true")
  void aBlankPicture() throws Exception {
    String page = pages.html("blank.html", "<body style='color:#fff;background:#fff'>text");
    TestRecorder recorder = new TestRecorder(folder, page).start();
    Report report = recorder.record(Duration.ofSeconds(24));
    assertThat(report.warnings()).extracting(Report.Warning::kind).containsExactly("blank");
    recorder.assertNothingLeft();
  }

  private static Stream<String> well() {
    return WELL.stream().limit(LongForm.isOn() ? WELL.size() : 2);
  }

  @ParameterizedTest
  @MethodSource("well")
  @SideBySide
  void nothingIsSaidOfAPageThatIsWell(String html) throws Exception {
    TestRecorder recorder = new TestRecorder(folder, pages.html("well.html", html)).start();
    Report report = recorder.record(Duration.ofSeconds(10));
    assertThat(report.warnings()).isEmpty();
    recorder.assertNothingLeft();
  }

  private static String warning(TestRecorder recorder, String part) {
    assertThat(Await.until(WARNED_WITHIN, () -> !warnings(recorder, part).isEmpty()))
        .as("'%s' among %s", part, recorder.events())
        .isTrue();
    return warnings(recorder, part).getFirst();
  }

  private static List<String> warnings(TestRecorder recorder, String part) {
    return recorder.events().stream()
        .filter(Event.Warning.class::isInstance)
        .map(Event.Warning.class::cast)
        .filter(warning -> warning.kind().equals("frozen"))
        .map(Event.Warning::message)
        .filter(text -> text.contains(part))
        .toList();
  }
}
