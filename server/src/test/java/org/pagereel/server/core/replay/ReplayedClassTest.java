package org.pagereel.server.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.wire.Event;
import org.pagereel.server.LeftoverCheck;
import org.pagereel.server.WholeMachine;
import org.pagereel.server.core.replay.GeneratedClass.Camera;
import org.pagereel.server.core.replay.GeneratedClass.Mark;
import org.pagereel.server.platform.supervisor.RecorderChild;
import org.pagereel.server.tools.measure.Decoded;
import org.pagereel.server.tools.measure.Pixels;
import org.pagereel.server.tools.measure.Tone;

/**
 * A whole class becomes one video; {@code -Dpagereel.classSeconds=2700} makes it one of 45 minutes.
 */
@WholeMachine
class ReplayedClassTest {
  private static final int SECONDS = Integer.getInteger("pagereel.classSeconds", 40);
  private static final int FPS = 15;

  /**
   * Cells of a canvas of 1920 x 1080 with one to four people (docs/vendors/tencent.md, "After-class
   * layout").
   */
  private static final int CELL_X = 1536;

  private static final int CELL_WIDTH = 384;
  private static final int CELL_HEIGHT = 270;

  /** The board is 16:9 in 1536 x 1080. */
  private static final int BOARD_WIDTH = 1536;

  private static final int BOARD_HEIGHT = 864;
  private static final int BOARD_Y = (1080 - BOARD_HEIGHT) / 2;

  @TempDir Path folder;
  private final List<Double> progress = new ArrayList<>();

  @Test
  void everythingIsWhereAndWhenItWas() throws Exception {
    GeneratedClass given = GeneratedClass.make(folder, SECONDS, 4);
    long begin = System.nanoTime();
    Event last = replay("replayed-class", 2, new AtomicReference<>());
    System.err.printf("%d s of class in %.1f s%n", SECONDS, (System.nanoTime() - begin) / 1e9);
    assertThat(last).isInstanceOf(Event.Finished.class);
    assertThat(progress).isSorted().hasSizeGreaterThan(10);
    check(given);
    LeftoverCheck.assertNothingLeft();
  }

  /** KilledReplayTest kills one, too, and does not look at the pictures. */
  @Test
  @EnabledIf("org.pagereel.server.LongForm#isOn")
  void whoIsKilledGoesOnWithWhatIsDone() throws Exception {
    GeneratedClass given = GeneratedClass.make(folder, 75, 2);
    AtomicReference<Map<Path, FileTime>> parts = new AtomicReference<>();
    Event killed = replay("replayed-killed", 0.5, parts);
    assertThat(killed).isInstanceOf(Event.Failed.class);
    Map<Path, FileTime> done = parts.get();
    assertThat(done.keySet()).as("done at half").anyMatch(ReplayedClassTest::isMixed);
    assertThat(replay("replayed-killed", 0.8, parts)).isInstanceOf(Event.Failed.class);
    // What was done when the first was killed was not done again.
    done.forEach((part, when) ->
        assertThat(parts.get()).as("%s is as it was", part).containsEntry(part, when));
    assertThat(replay("replayed-killed", 2, parts)).isInstanceOf(Event.Finished.class);
    check(given);
    LeftoverCheck.assertNothingLeft();
  }

  private static boolean isMixed(Path file) {
    return file.getFileName().toString().startsWith("mix-");
  }

  /** Runs the process; from some progress on it is killed, after a look at the parts. */
  private Event replay(String label, double killAt, AtomicReference<Map<Path, FileTime>> parts)
      throws Exception {
    return RecorderChild.replay(
        label,
        folder,
        event -> {
          if (event instanceof Event.Completing(double done)) {
            progress.add(done);
            if (done >= killAt) {
              parts.set(parts());
              Leftovers.processes(label).forEach(ProcessHandle::destroyForcibly);
            }
          }
        });
  }

  private Map<Path, FileTime> parts() {
    Map<Path, FileTime> found = new HashMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("parts"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("mix-") || name.startsWith("board-") || name.startsWith("sound")) {
          found.put(file, Files.getLastModifiedTime(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private void check(GeneratedClass given) {
    Path video = folder.resolve("class.mp4");
    assertThat(Decoded.complaints(video)).isEmpty();
    List<String> places = new ArrayList<>();
    given.marks().stream().map(ReplayedClassTest::place).distinct().forEach(places::add);
    int marks = places.size();
    for (int i = 0; i < given.cameras().size(); i++) {
      places.add(patch(i));
    }
    double[] times = Decoded.pictureTimes(video);
    List<byte[]> seen = Decoded.spots(video, places);
    assertThat(seen).hasSameSizeAs(times);
    for (Mark mark : given.marks()) {
      checkMark(mark, times, seen, places.indexOf(place(mark)));
    }
    short[] sound = Decoded.sound(video);
    for (int i = 0; i < given.cameras().size(); i++) {
      checkFlashes(given, given.cameras().get(i), times, seen, marks + i);
      checkBeeps(given, given.cameras().get(i), sound);
      checkRectangle(given.cameras().get(i), i, video);
    }
  }

  /** The middle of a mark on the canvas. */
  private static String place(Mark mark) {
    long x = Math.round(mark.x() * BOARD_WIDTH / 10_000.0);
    long y = BOARD_Y + Math.round(mark.y() * BOARD_HEIGHT / 10_000.0);
    return "8:8:%d:%d".formatted(x - 4, y - 4);
  }

  /** Where a camera flashes. */
  private static String patch(int number) {
    return "%d:%d:%d:%d"
        .formatted(
            CELL_WIDTH / 10,
            CELL_HEIGHT / 10,
            CELL_X + CELL_WIDTH * 9 / 20,
            number * CELL_HEIGHT + CELL_HEIGHT * 9 / 20);
  }

  /** A planned dot is there from its picture to its last, give or take one, and not before. */
  private static void checkMark(Mark mark, double[] times, List<byte[]> seen, int place) {
    double frame = 1000.0 / FPS;
    for (int i = 0; i < times.length; i++) {
      double at = times[i] * 1000;
      boolean inside = at > mark.from() + 1.5 * frame && at < mark.to() - 1.5 * frame;
      boolean before = at < mark.from() - 1.5 * frame && at > mark.from() - 400;
      boolean after = at > mark.to() + 1.5 * frame && at < mark.to() + 400;
      int grey = Byte.toUnsignedInt(seen.get(i)[place]);
      if (inside || before || after) {
        boolean isSeen = grey < 200;
        if (isSeen != inside) { // asserting each would take longer than decoding
          assertThat(isSeen).as("%s is seen at %.0f ms", mark, at).isEqualTo(inside);
        }
      }
    }
  }

  private static void checkFlashes(
      GeneratedClass given, Camera camera, double[] times, List<byte[]> seen, int place) {
    List<Double> flashes = new ArrayList<>();
    boolean on = false;
    for (int i = 0; i < times.length; i++) {
      boolean now = Byte.toUnsignedInt(seen.get(i)[place]) > 150;
      if (now && !on) {
        flashes.add(times[i]);
      }
      on = now;
    }
    int planned = (int) ((given.millis() - 600) / 1000 - (camera.from() + 999) / 1000);
    assertThat(flashes.size()).as("flashes of %s", camera).isBetween(planned, planned + 2);
    for (double flash : flashes) {
      double off = Math.abs(flash - Math.round(flash)) * 1000;
      assertThat(off).as("%s flashes at %s", camera.user(), flash).isLessThan(80);
    }
  }

  /** Its own pitch sounds when it should and not before or after, to the twentieth of a second. */
  private static void checkBeeps(GeneratedClass given, Camera camera, short[] sound) {
    for (long at = camera.from() + 2_000; at < given.millis() - 3_000; at += 7_000) {
      long second = at / 1000 * 1000;
      assertThat(tone(sound, second + 25, camera))
          .as("%s at %d", camera, second)
          .isGreaterThan(0.1);
      for (long quiet : new long[] {second - 80, second + 130, second + 500}) {
        assertThat(tone(sound, quiet, camera)).as("%s at %d", camera, quiet).isLessThan(0.05);
      }
    }
  }

  private static double tone(short[] sound, long millis, Camera camera) {
    int from = (int) (millis * Decoded.SOUND_RATE / 1000);
    return Tone.loudest(
        Arrays.copyOfRange(sound, from, from + Decoded.SOUND_RATE / 20), camera.pitch());
  }

  /** Its picture of 16:9 fits its cell by width; above and below are bars. */
  private static void checkRectangle(Camera camera, int number, Path video) {
    int y = number * CELL_HEIGHT;
    int top = y + (CELL_HEIGHT - CELL_WIDTH * 9 / 16) / 2;
    int second = (int) Math.max(5, camera.from() / 1000 + 1);
    assertThat(at(video, CELL_X + 2, top + 3, second)).as("%s", camera).isGreaterThan(25);
    assertThat(at(video, CELL_X + 2, top - 3, second)).as("the bar above").isLessThan(25);
    int left = at(video, CELL_X - 3, y + 20, second);
    if (y + 20 < BOARD_Y) {
      assertThat(left).as("the bar above the board").isLessThan(25);
    } else {
      assertThat(left).as("the board's edge, left of %s", camera).isGreaterThan(220);
    }
  }

  /** The brightness of a point at a second. */
  private static int at(Path video, int x, int y, int second) {
    int rgb = Pixels.at(video, second).at(x, y);
    return (int) (0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255));
  }
}
