package org.pagereel.recorder.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.pagereel.recorder.replay.WrittenClass.ZERO;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.ReplayRequest.Mix;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.mix.DecodedFile;
import org.pagereel.recorder.mix.Inputs;

/** A class without a board: its cameras, good and bad, in one video and alone. */
class CamerasTest {
  private static final ReplayRequest SMALL =
      new ReplayRequest(null, null, null, new Mix(640, 360, null, null), null, null);
  private static final ReplayRequest UNMIXED = new ReplayRequest(320, 240, null, null, null, null);

  @TempDir Path folder;
  private final List<Double> progress = new ArrayList<>();
  private WrittenClass written;
  private Inputs inputs;

  @BeforeEach
  void begin() {
    written = new WrittenClass(folder);
    inputs = new Inputs(folder);
  }

  /** Flashes and beeps at every second of its own, which is `late` after the file's beginning. */
  private void camera(String name, String color, int pitch, String size, int seconds, double late)
      throws Exception {
    String on = "lt(mod(t+%s\\,1)\\,0.1)".formatted(1 - late);
    inputs.make(
        ("-v error -f lavfi -i color=%s:s=%s:r=15:d=%d,"
                + "drawbox=x=iw*0.3:y=ih*0.3:w=iw*0.4:h=ih*0.4:c=black:t=fill,"
                + "drawbox=x=iw*0.3:y=ih*0.3:w=iw*0.4:h=ih*0.4:c=white:t=fill:enable='%s'"
                + " -f lavfi -i aevalsrc='0.3*sin(2*PI*%d*t)*%s':s=48000:d=%d"
                + " -c:v libx264 -preset ultrafast -g 30 -pix_fmt yuv420p -c:a aac %s")
            .formatted(color, size, seconds, on, pitch, on, seconds, name));
  }

  @Test
  void camerasAreInTheirRectanglesAtTheirTimes() throws Exception {
    camera("anna.mp4", "red", 440, "320x180", 8, 0);
    camera("ben.mp4", "blue", 880, "240x320", 5, 0.75);
    written.camera("anna", "anna.mp4", ZERO).camera("ben", "ben.mp4", ZERO + 2_250);
    ReplayResult result = replay(SMALL);
    assertThat(result.startedAt()).isEqualTo(ZERO);
    StreamFile file = result.files().files().getFirst();
    assertThat(file.kind()).isEqualTo(Kind.MIX);
    assertThat(file.durationMillis()).isEqualTo(8_000);
    assertThat(result.files().missing()).isEmpty();
    DecodedFile seen = new DecodedFile(inputs, folder.resolve(file.file()));
    // Cells of 128 x 90: anna's picture fits 128 x 72, ben's 67 x 90.
    assertTimes(seen.flashes(512 + 64, 45), 0, 1, 2, 3, 4, 5, 6, 7);
    assertTimes(seen.flashes(512 + 64, 135), 3, 4, 5, 6, 7);
    assertTimes(seen.beeps(), 0, 1, 2, 3, 4, 5, 6, 7);
    int[][] luma = seen.plane("y", 2.5);
    assertThat(luma[45][510]).as("left of anna").isLessThan(20);
    assertThat(luma[45][514]).as("anna").isGreaterThan(40);
    assertThat(luma[7][576]).as("the bar above anna").isLessThan(20);
    assertThat(luma[11][576]).as("anna's upper edge").isGreaterThan(40);
    assertThat(luma[135][540]).as("the bar beside ben").isLessThan(20);
    assertThat(luma[135][545]).as("ben").isGreaterThan(20);
    assertThat(luma[200][576]).as("nobody's place").isLessThan(20);
    assertThat(progress).isSorted().hasSizeGreaterThan(10).last().isEqualTo(1.0);
    assertThat(folder.resolve("parts")).doesNotExist();
  }

  @Test
  void unmixedEveryFileIsGivenAsItIs() throws Exception {
    camera("anna.mp4", "red", 440, "320x180", 3, 0);
    inputs.make("-v error -f lavfi -i testsrc=s=160x120:r=10:d=2 -c:v libvpx old.webm");
    written.camera("anna", "anna.mp4", ZERO).screen("anna", "old.webm", ZERO + 4_000);
    ReplayResult result = replay(UNMIXED);
    List<StreamFile> files = result.files().files();
    assertThat(files).extracting(StreamFile::kind).containsExactly(Kind.CAMERA, Kind.SCREEN);
    assertThat(files).extracting(StreamFile::userId).containsExactly("anna", "anna");
    assertThat(files).extracting(StreamFile::startMillis).containsExactly(0L, 4_000L);
    assertThat(result.files().totalMillis()).isBetween(5_900L, 6_000L);
    assertThat(Files.mismatch(folder.resolve("anna.mp4"), folder.resolve(files.get(0).file())))
        .isEqualTo(-1);
    assertThat(inputs.probe("-v error -show_entries stream=codec_name -of csv=p=0 stream-2.mp4"))
        .isEqualTo("h264");
  }

  @Test
  void whateverIsWrongWithFilesTheRestIsMade() throws Exception {
    camera("anna.mp4", "red", 440, "320x180", 4, 0);
    try (HostileServer server = new HostileServer(folder.resolve("anna.mp4"))) {
      List<String> bad =
          List.of(
              "/absent",
              "/nothing",
              "/broken",
              "/junk",
              "/list",
              "/circle",
              "/inward",
              "/cut",
              "/endless");
      written.video("good", server.url("/good"), false, ZERO, null, 1000);
      written.video("moved", server.url("/moved"), false, ZERO, null, 1000);
      written.video("flaky", server.url("/flaky"), false, ZERO, null, 1000);
      for (String path : bad) {
        written.video(path.substring(1), server.url(path), false, ZERO, null, 1000);
      }
      written.video("nowhere", "http://127.0.0.1:1/x", false, ZERO, null, 1000);
      written.video("secret", "../../etc/passwd", false, ZERO, null, 1000);
      written.video("device", "file:///dev/zero", false, ZERO, null, 1000);
      written.video("empty", "", false, ZERO, null, 1000);
      written.camera("timeless", server.url("/good"), 0);
      ReplayResult result = replay(SMALL);
      assertThat(server.asked).hasValue(3);
      List<String> missing = result.files().missing();
      for (String path : bad) {
        assertThat(missing).anySatisfy(one -> assertThat(one).contains("of " + path.substring(1)));
      }
      for (String name : List.of("nowhere", "secret", "device", "empty", "timeless")) {
        assertThat(missing).anySatisfy(one -> assertThat(one).contains("of " + name + " "));
      }
      assertThat(missing).hasSize(bad.size() + 5);
      assertThat(result.files().files()).hasSize(1);
      assertThat(result.files().totalMillis()).isEqualTo(4_000);
    }
  }

  /** One file's wrong time, name or length does not cost the class. */
  @Test
  void whatCannotBeIsNamedAndLeftOut() throws Exception {
    camera("anna.mp4", "red", 440, "320x180", 4, 0);
    byte[] whole = Files.readAllBytes(folder.resolve("anna.mp4"));
    inputs.make("-v error -i anna.mp4 -c copy -movflags +faststart front.mp4");
    byte[] front = Files.readAllBytes(folder.resolve("front.mp4"));
    Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(front, front.length / 2));
    written
        .camera("anna", "anna.mp4", ZERO)
        .camera("anna", "anna.mp4", ZERO) // told twice
        .camera("past", "anna.mp4", 1_000)
        .camera("future", "anna.mp4", 9_000_000_000_000_000_000L)
        .camera("nul", "a\u0000b", ZERO)
        .camera("half", "x:\ud83d", ZERO)
        .camera("cut", "cut.mp4", ZERO)
        .drawnInFile(2, "x", "\u0000");
    ReplayResult result = replay(UNMIXED);
    List<StreamFile> files = result.files().files();
    assertThat(files).extracting(StreamFile::userId).contains("anna").doesNotContain("past");
    assertThat(files.stream().filter(file -> file.userId().equals("anna"))).hasSize(1);
    assertThat(Files.size(folder.resolve(files.getFirst().file()))).isEqualTo(whole.length);
    for (String name : List.of("past", "future", "nul", "half", "message 8")) {
      assertThat(result.files().missing()).anySatisfy(one -> assertThat(one).contains(name));
    }
    assertThat(result.files().missing()).anySatisfy(one -> assertThat(one).contains("cut.mp4"));
  }

  /** Another file that can be had now does not take the place of one that was made. */
  @Test
  void whatIsMadeAgainKeepsItsOwner() throws Exception {
    camera("anna.mp4", "red", 440, "320x180", 2, 0);
    camera("ben.mp4", "blue", 880, "240x320", 3, 0);
    Path away = Files.move(folder.resolve("ben.mp4"), folder.resolve("away"));
    written.camera("ben", "ben.mp4", ZERO).camera("anna", "anna.mp4", ZERO);
    assertThat(replay(UNMIXED).files().files())
        .extracting(StreamFile::userId)
        .containsExactly("anna");
    Files.delete(folder.resolve(ReplayResult.FILE));
    Files.move(away, folder.resolve("ben.mp4"));
    List<StreamFile> files = replay(UNMIXED).files().files();
    assertThat(files).extracting(StreamFile::userId).containsExactly("ben", "anna");
    for (StreamFile file : files) {
      assertThat(
              Files.mismatch(folder.resolve(file.file()), folder.resolve(file.userId() + ".mp4")))
          .isEqualTo(-1);
    }
  }

  @Test
  void whenNothingIsLeftItSaysWhy() throws Exception {
    written.camera("anna", "absent.mp4", ZERO).write();
    assertThatThrownBy(() -> replay(SMALL))
        .isInstanceOf(RecordingFailure.class)
        .hasMessageContaining("camera of anna (absent.mp4): it is not in the class's folder");
  }

  @Test
  void aFolderWithoutAClassStaysAsItIs() {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> ClassReplay.run(nowhere, SMALL, null, new WatchedReplay(progress)))
        .hasMessageContaining("it has no class-events.jsonl");
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void aClassOfMoreThanADayIsRefused() throws Exception {
    written.draw(0, "teacher", ZERO, 1).draw(90_000_000, "teacher", ZERO + 90_000_000, 1);
    assertThatThrownBy(() -> replay(SMALL)).hasMessageContaining("allowed are 24 hours");
  }

  private ReplayResult replay(ReplayRequest request) throws Exception {
    written.write();
    return ClassReplay.run(folder, request, null, new WatchedReplay(progress));
  }

  private record WatchedReplay(List<Double> progress) implements ReplayListener {
    @Override
    public void progress(double done) {
      synchronized (progress) {
        progress.add(done);
      }
    }

    @Override
    public void warning(String message) {}
  }

  private static void assertTimes(List<Double> seen, double... planned) {
    assertThat(seen).hasSize(planned.length);
    for (int i = 0; i < planned.length; i++) {
      assertThat(seen.get(i)).isCloseTo(planned[i], within(0.08));
    }
  }
}
