package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.MixLayout.Place;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.Interrupt;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.StreamNames;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.StreamsPlan.StreamRule;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.FlashBeep;
import org.pagereel.server.tools.measure.Pixels;
import org.pagereel.server.tools.measure.Tone;

/** Each stream in a file of its own, on one timeline, through a real recorder. */
@WholeMachine
class StreamsTest {
  private static final PageSize BOARD = new PageSize(640, 480);

  /** The flash of a 640x360 camera, and of any that is scaled to it. */
  private static final String FLASH = "200:100:220:130";

  private static final Map<String, Integer> PITCH =
      Map.of("user1", 500, "user2", 650, "late", 1100, "shared", 1400);

  @TempDir Path folder;
  private TestPages pages;

  @BeforeEach
  void serve() throws IOException {
    pages = new TestPages();
  }

  @AfterEach
  void stop() {
    pages.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    LeftoverCheck.assertNothingLeft();
  }

  @Test
  @SideBySide
  void participantsComeAndGo() throws Exception {
    TestRecorder recorder =
        start(
            StreamsPlan.EACH,
            "cameras=2&script=2:join:late:cc33cc:1100,3:join:user2/screen:33cccc:1400,4:leave:user1,6:join:user1:cc3333:500");
    Report report = recorder.record(Duration.ofSeconds(10));
    StreamFiles made = made(recorder);

    assertThat(made.missing()).isEmpty();
    assertThat(kinds(made))
        .containsExactlyInAnyOrder(
            "WHITEBOARD ",
            "CAMERA user1",
            "CAMERA user1",
            "CAMERA user2",
            "CAMERA late",
            "SCREEN user2");
    assertThat(made.interrupts()).containsExactly(new Interrupt("user1", 1));
    assertThat(made.totalMillis())
        .isEqualTo(
            made.files().stream()
                .mapToLong(file -> file.startMillis() + file.durationMillis())
                .max()
                .orElseThrow());
    for (StreamFile file : made.files()) {
      assertThat(Decoded.complaints(recorder.folder.resolve(file.file()))).isEmpty();
      if (file.kind() != Kind.WHITEBOARD) {
        assertItsOwn(recorder, file, report.startedAt());
      }
    }
    recorder.assertNothingLeft();
  }

  /** Own colour, own pitch, and at the time that it says. */
  private static void assertItsOwn(TestRecorder recorder, StreamFile file, Instant zero) {
    Path path = recorder.folder.resolve(file.file());
    String owner = file.kind() == Kind.SCREEN ? "shared" : file.userId();
    short[] sound = Decoded.sound(path);
    PITCH.forEach((name, hertz) -> {
      double loud = Tone.usual(sound, hertz);
      if (name.equals(owner)) {
        assertThat(loud).as("%s in %s", name, file).isGreaterThan(0.15);
      } else {
        assertThat(loud).as("%s in %s", name, file).isLessThan(0.02);
      }
    });
    FlashBeep seen = FlashBeep.of(path, FLASH);
    assertThat(seen.flashes()).as("flashes of %s", file).hasSizeGreaterThan(1);
    assertThat(seen.p95Millis()).as("A/V of %s", file).isLessThan(150);
    long begins = zero.toEpochMilli() + file.startMillis();
    for (double flash : seen.flashes()) {
      assertThat((begins + flash * 1000) / 1000 % 1)
          .as("flash at %s of %s", flash, file)
          .matches(second -> Math.abs(second - Math.rint(second)) < 0.2);
    }
  }

  static List<Boolean> concats() {
    return LongForm.isOn() ? List.of(true, false) : List.of(true);
  }

  @ParameterizedTest
  @SideBySide
  @MethodSource("concats")
  void aPauseIsCutOut(boolean concat) throws Exception {
    TestRecorder recorder =
        start(
            new StreamsPlan(
                concat, null, true, null, List.of(StreamRule.ALL), StreamNames.DEFAULT, 300),
            "cameras=2");
    recorder.await(Event.Recording.class);
    TestRecorder.after(Duration.ofSeconds(3), () -> recorder.send(new Command.Pause()));
    recorder.await(Event.Paused.class);
    TestRecorder.after(Duration.ofSeconds(3), () -> recorder.send(new Command.Resume()));
    recorder.await(Event.Recording.class);
    TestRecorder.after(Duration.ofSeconds(3), () -> recorder.send(new Command.Stop()));
    assertThat(recorder.end()).isInstanceOf(Event.Finished.class);

    StreamFiles made = made(recorder);
    Report report = recorder.report();
    Report.Interval pause = report.pauses().getFirst();
    long recorded = Math.round(SyncTest.recordedSeconds(report) * 1000);
    assertThat(made.omitted()).hasSize(1);
    long cut = made.omitted().getFirst().atMillis();
    assertThat(cut).isBetween(2_900L, 3_400L);
    assertThat(made.omitted().getFirst().pausedAt()).isEqualTo(pause.from().toEpochMilli());
    for (Kind kind : List.of(Kind.CAMERA, Kind.SOUND, Kind.WHITEBOARD)) {
      List<StreamFile> files = made.files().stream().filter(file -> file.kind() == kind).toList();
      int streams = kind == Kind.WHITEBOARD ? 1 : 2;
      assertThat(files).hasSize(concat ? streams : 2 * streams);
      assertThat(files.stream().map(StreamFile::startMillis).distinct())
          .allMatch(start -> start < 50 || (!concat && Math.abs(start - cut) < 50));
      assertThat(files.stream().mapToLong(StreamFile::durationMillis).sum())
          .isBetween(streams * (recorded - 150), streams * (recorded + 150));
    }
    for (StreamFile file : made.files()) {
      Path path = recorder.folder.resolve(file.file());
      assertThat(Decoded.complaints(path)).isEmpty();
      if (file.kind() == Kind.CAMERA) {
        assertThat(seconds(path))
            .as("seconds in %s", file)
            .noneMatch(second ->
                second > pause.from().getEpochSecond() % 65536
                    && second < pause.to().getEpochSecond() % 65536);
      }
    }
  }

  @Test
  @SideBySide
  void whatAKilledRecorderHadIsCompleted() throws Exception {
    TestRecorder recorder = start(StreamsPlan.EACH, "cameras=1");
    recorder.await(Event.Recording.class);
    TestRecorder.after(
        Duration.ofSeconds(4),
        () -> ProcessHandle.of(recorder.pid()).ifPresent(ProcessHandle::destroyForcibly));
    assertThat(recorder.end()).isInstanceOf(Event.Failed.class);

    StreamFiles made = made(recorder);
    assertThat(kinds(made)).containsExactlyInAnyOrder("WHITEBOARD ", "CAMERA user1");
    for (StreamFile file : made.files()) {
      assertThat(file.durationMillis()).isBetween(2_800L, 4_500L);
      assertThat(Decoded.complaints(recorder.folder.resolve(file.file()))).isEmpty();
    }
  }

  @Test
  @SideBySide
  void everybodyHasHisPlaceInTheMix() throws Exception {
    MixLayout layout =
        new MixLayout(
            "custom",
            800,
            600,
            0x203040,
            true,
            List.of(
                Place.of(StreamNames.DEFAULT.whiteboard(), 0, 0, 640, 480, 0, 0, Fill.FIT),
                Place.of(null, 640, 0, 160, 120, 1, 0, Fill.FIT),
                Place.of(null, 640, 120, 160, 120, 1, 0, Fill.CROP),
                Place.of("late", 0, 480, 160, 90, 1, 0, Fill.FIT)));
    TestRecorder recorder =
        start(
            new StreamsPlan(
                false, null, false, layout, List.of(StreamRule.ALL), StreamNames.DEFAULT, 300),
            "cameras=2&script=2:join:late:cc33cc:1100");
    recorder.record(Duration.ofSeconds(6));

    StreamFiles made = made(recorder);
    StreamFile mix =
        made.files().stream().filter(file -> file.kind() == Kind.MIX).findFirst().orElseThrow();
    Path path = recorder.folder.resolve(mix.file());
    assertThat(Decoded.complaints(path)).isEmpty();
    Pixels last = Pixels.ofLastPicture(path);
    assertThat(List.of(last.width(), last.height())).containsExactly(800, 600);
    assertNear(last.at(5, 470), 0xffffff); // the board
    assertNear(last.at(790, 500), 0x203040); // nobody
    assertNear(last.at(641, 8), 0); // 640x360 in 160x120 has bars of 15
    assertNear(last.at(642, 60), 0xcc3333);
    assertNear(last.at(642, 236), 0x33aa33); // cropped: no bars
    assertNear(last.at(3, 560), 0xcc33cc);
    short[] sound = Decoded.sound(path);
    for (String name : List.of("user1", "user2", "late")) {
      assertThat(Tone.loudest(sound, PITCH.get(name))).as(name).isGreaterThan(0.1);
    }
  }

  /** One file all the same; where the stream was away there is the picture. */
  @Test
  @SideBySide
  void anAbsenceIsFilled() throws Exception {
    Path filler = folder.resolve("filler.png");
    List<String> words = List.of("-f", "lavfi", "-i", "color=0xeeee22:s=64x36", "-frames:v", "1");
    Stream<String> command = Stream.concat(words.stream(), Stream.of(filler.toString()));
    assertThat(FfmpegTool.ffmpeg(command.toList()).start().waitFor()).isZero();
    byte[] picture = Files.readAllBytes(filler);
    String address =
        pages.handle(
            "filler.png",
            exchange -> {
              exchange.sendResponseHeaders(200, picture.length);
              exchange.getResponseBody().write(picture);
              exchange.close();
            });
    TestRecorder recorder =
        start(
            new StreamsPlan(
                true, address, false, null, List.of(StreamRule.ALL), StreamNames.DEFAULT, 300),
            "cameras=1&script=2:leave:user1,6:join:user1:cc3333:500");
    recorder.record(Duration.ofSeconds(8));

    StreamFiles made = made(recorder);
    assertThat(made.missing()).isEmpty();
    assertThat(kinds(made)).containsExactlyInAnyOrder("WHITEBOARD ", "CAMERA user1");
    StreamFile camera = made.files().getLast();
    assertThat(camera.durationMillis()).isBetween(7_000L, 8_600L);
    Path path = recorder.folder.resolve(camera.file());
    assertThat(Decoded.complaints(path)).isEmpty();
    assertNear(Pixels.at(path, 4).at(20, 200), 0xeeee22);
    assertNear(Pixels.ofLastPicture(path).at(20, 200), 0xcc3333);
  }

  @Test
  @SideBySide
  void rulesSayWhatIsRecordedAndHow() throws Exception {
    List<StreamRule> rules =
        List.of(
            new StreamRule("user1", true, false, true),
            new StreamRule("user2", false, true, false),
            new StreamRule(StreamNames.DEFAULT.whiteboard(), false, true, false),
            StreamRule.ALL);
    TestRecorder recorder =
        start(
            new StreamsPlan(false, null, true, null, rules, StreamNames.DEFAULT, 300), "cameras=3");
    recorder.record(Duration.ofSeconds(3));

    StreamFiles made = made(recorder);
    assertThat(kinds(made))
        .containsExactlyInAnyOrder("CAMERA user1", "CAMERA user3", "SOUND user3");
    StreamFile small =
        made.files().stream()
            .filter(file -> file.userId().equals("user1"))
            .findFirst()
            .orElseThrow();
    assertThat(List.of(small.width(), small.height())).containsExactly(320, 180);
    assertThat(Decoded.sound(recorder.folder.resolve(small.file()))).isEmpty();
  }

  @Test
  @SideBySide
  void aClassWithoutStreamsAndStrokesIsLeft() throws Exception {
    TestRecorder recorder =
        start(
            new StreamsPlan(
                false, null, false, null, List.of(StreamRule.ALL), StreamNames.DEFAULT, 3),
            "cameras=0");
    recorder.await(Event.Recording.class);
    assertThat(recorder.end()).isInstanceOf(Event.Finished.class);
    assertThat(recorder.events()).contains(new Event.Finishing(Event.End.IDLE));
    assertThat(recorder.report().durationSeconds()).isBetween(2.5, 7.0);
  }

  private TestRecorder start(StreamsPlan plan, String query) throws IOException {
    return new TestRecorder(folder, pages.url("bench/streams.html?" + query))
        .size(BOARD)
        .ready("notify")
        .streams(plan)
        .start();
  }

  private static StreamFiles made(TestRecorder recorder) throws IOException {
    return Json.PRETTY.readValue(
        Files.readString(recorder.folder.resolve(StreamFiles.FILE)), StreamFiles.class);
  }

  private static List<String> kinds(StreamFiles made) {
    return made.files().stream().map(file -> file.kind() + " " + file.userId()).toList();
  }

  /** Which seconds a camera's pictures show. */
  private static List<Integer> seconds(Path file) {
    return Decoded.grey(file, "640:40:0:0", 16, 1).stream()
        .map(cells -> {
          int second = 0;
          for (byte cell : cells) {
            second = second << 1 | (Byte.toUnsignedInt(cell) > 128 ? 1 : 0);
          }
          return second;
        })
        .distinct()
        .toList();
  }

  private static void assertNear(int actual, int expected) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(actual >> shift & 0xff)
          .as("%06x against %06x", actual, expected)
          .isBetween((expected >> shift & 0xff) - 24, (expected >> shift & 0xff) + 24);
    }
  }
}
