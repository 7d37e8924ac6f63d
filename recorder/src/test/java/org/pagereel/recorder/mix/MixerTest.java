package org.pagereel.recorder.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.av.Colour;

class MixerTest {
  private static final int BLUE_GREY = 0x203040;

  /** Brightness in limited range; encoded and decoded it comes back nearly the same. */
  private static final int WHITE = 235;

  private static final int BLACK = 16;
  private static final Offset<Integer> NEARLY = within(6);
  private static final Offset<Double> IN_SYNC = within(0.04);

  /** Bright during the fifth of a second after 1 s, 3 s and so on, and beeping. */
  private static final String FLASHES =
      "-f lavfi -i color=black:s=320x180:r=%d:d=6,drawbox=c=white:t=fill:enable='lt(mod(t+1,2),0.19)'"
          + " -f lavfi -i aevalsrc='lt(mod(t+1\\,2)\\,0.2)*0.5*sin(6283*t)':s=48000:d=6 ";

  @TempDir static Path folder;

  private static Inputs inputs;
  private static Path white;
  private static Path flashing;

  @BeforeAll
  static void makeInputs() throws Exception {
    inputs = new Inputs(folder);
    white = inputs.make("-f lavfi -i color=white:s=320x180:r=10:d=2 white.mkv");
    flashing = inputs.make(FLASHES.formatted(30) + "-bf 2 -c:a libopus flashing.mkv");
  }

  @Test
  void picturesAreExactlyInTheirCells() throws Exception {
    List<Cell> cells =
        List.of(
            new Cell(0, 0, 160, 160, 0, 0, Fill.FIT), // 160x90, bars of 35 above and below
            new Cell(201, 31, 77, 99, 0, 0, Fill.CROP),
            new Cell(301, 11, 99, 133, 0, 0, Fill.FIT), // 99x56, bars of 38 and 39
            new Cell(-20, 250, 50, 50, 0, 0, Fill.CROP), // sticks out
            new Cell(600, 330, 100, 100, 0, 0, Fill.CROP),
            new Cell(700, 0, 50, 50, 0, 0, Fill.CROP)); // beside the canvas
    int[][] y =
        seen(mix(cells.stream().map(cell -> input(white, 0, 1, cell)).toList())).plane("y", 0.5);
    int ground = Colour.of(BLUE_GREY).y();
    assertColumn(y, 80, 0, 160, 35, 125, BLACK);
    assertRow(y, 80, 0, 160, 0, 160, ground);
    assertRow(y, 80, 201, 278, 201, 278, ground);
    assertColumn(y, 240, 31, 130, 31, 130, ground);
    assertThat(y[30][240]).isCloseTo(ground, NEARLY);
    assertThat(y[130][240]).isCloseTo(ground, NEARLY);
    assertRow(y, 75, 301, 400, 301, 400, ground);
    assertColumn(y, 350, 11, 144, 49, 105, BLACK);
    assertThat(y[10][350]).isCloseTo(ground, NEARLY);
    assertThat(y[144][350]).isCloseTo(ground, NEARLY);
    assertRow(y, 275, 0, 30, 0, 30, ground);
    assertRow(y, 355, 600, 640, 600, 640, ground);
  }

  @Test
  void whatLiesOnTopStaysOnTop() throws Exception {
    Path high =
        inputs.make("-f lavfi -i color=gray:s=320x180:r=10:d=3 -f lavfi -i anullsrc -t 3 gray.mkv");
    Cell below = new Cell(100, 100, 200, 112, 0, 0, Fill.CROP);
    Cell above = new Cell(201, 151, 200, 112, 1, 0, Fill.CROP);
    // The lower one flashes while the upper one stands still; the upper one leaves before it.
    Path mixed = mix(plan(4, List.of(input(high, 0, 2, above), input(flashing, 0, 3.5, below))));
    int grey = seen(mixed).plane("y", 0.5)[200][350];
    assertThat(grey).isBetween(100, 150);
    int[][] flash = seen(mixed).plane("y", 1.1);
    assertThat(flash[150][150]).isCloseTo(WHITE, NEARLY);
    assertThat(flash[160][250]).isCloseTo(grey, NEARLY);
    assertThat(seen(mixed).plane("y", 2.5)[160][250]).isCloseTo(BLACK, NEARLY);
    int[][] empty = seen(mixed).plane("y", 3.8);
    assertThat(empty[160][250]).isCloseTo(Colour.of(BLUE_GREY).y(), NEARLY);
    assertThat(empty[150][150]).isCloseTo(Colour.of(BLUE_GREY).y(), NEARLY);
  }

  @Test
  void turnedPicturesStandUpright() throws Exception {
    Path plain =
        inputs.make(
            "-f lavfi -i color=black:s=320x180:r=10:d=1,drawbox=x=0:y=0:w=160:h=90:c=white:t=fill plain.mp4");
    for (int degrees : new int[] {90, 180, 270}) {
      Path turned =
          inputs.make("-display_rotation %d -i %s -c copy -y turned.mp4".formatted(degrees, plain));
      Cell cell =
          new Cell(0, 0, degrees == 180 ? 320 : 180, degrees == 180 ? 180 : 320, 0, 0, Fill.FIT);
      int[][] y = seen(mix(List.of(input(turned, 0, 1, cell)))).plane("y", 0.5);
      int[][] upright = seen(inputs.make("-i turned.mp4 -y upright.mp4")).plane("y", 0.5);
      for (int[] point : new int[][] {{20, 20}, {140, 20}, {20, 160}, {140, 160}}) {
        assertThat(y[point[1]][point[0]])
            .as("%d degrees at %s", degrees, List.of(point[0], point[1]))
            .isCloseTo(upright[point[1]][point[0]], NEARLY);
      }
    }
  }

  @Test
  void turnedPicturesAreCutInTheMiddle() throws Exception {
    Path plain =
        inputs.make(
            "-f lavfi -i color=black:s=320x180:r=10:d=1,drawbox=x=120:y=0:w=80:h=180:c=white:t=fill"
                + " middle.mp4");
    Path turned = inputs.make("-display_rotation 90 -i %s -c copy lying.mp4".formatted(plain));
    // Upright 180x320 with a bar from 120 to 200; a square shows 180x180 from 70 on, twice as
    // large.
    Cell cell = new Cell(1, 1, 358, 358, 0, 0, Fill.CROP);
    int[][] y = seen(mix(List.of(input(turned, 0, 1, cell)))).plane("y", 0.5);
    assertThat(y[90][180]).isCloseTo(BLACK, NEARLY);
    assertThat(y[110][180]).isCloseTo(WHITE, NEARLY);
    assertThat(y[250][180]).isCloseTo(WHITE, NEARLY);
    assertThat(y[268][180]).isCloseTo(BLACK, NEARLY);
    assertThat(y[180][2]).isCloseTo(WHITE, NEARLY);
    assertThat(y[180][357]).isCloseTo(WHITE, NEARLY);
    assertThat(y[180][0]).isCloseTo(Colour.of(BLUE_GREY).y(), NEARLY);
  }

  @Test
  void coloursComeOutRight() throws Exception {
    String red = "-f lavfi -i color=red:s=320x180:r=10:d=1,";
    List<Path> reds =
        List.of(
            inputs.make(
                red
                    + "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p"
                    + " -colorspace smpte170m -color_range tv red601.mkv"),
            inputs.make(
                red
                    + "scale=out_color_matrix=bt709:out_range=pc,format=yuv420p"
                    + " -colorspace bt709 -color_range pc redfull.mkv"),
            inputs.make(
                red + "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p untagged.mkv"),
            inputs.make("-f lavfi -i color=red:s=320x180 -frames:v 1 -pix_fmt rgb24 red.png"),
            inputs.make("-f lavfi -i color=red:s=320x180 -frames:v 1 red.jpg"));
    List<MixInput> all = new ArrayList<>();
    for (Path each : reds) {
      all.add(input(each, 0, 1, new Cell(0, 40 * all.size(), 320, 40, 0, 0xff0000, Fill.CROP)));
    }
    all.add(input(white, 0, 1, new Cell(400, 0, 240, 100, 0, 0xff0000, Fill.FIT)));
    Path mixed = mix(all);
    Colour expected = Colour.of(0xff0000);
    for (String name : List.of("y", "u", "v")) {
      int[][] plane = seen(mixed).plane(name, 0.5);
      int step = name.equals("y") ? 1 : 2;
      int right =
          (name.equals("y") ? expected.y() : name.equals("u") ? expected.u() : expected.v()) & 255;
      for (int i = 0; i < reds.size(); i++) {
        assertThat(plane[(40 * i + 20) / step][100 / step])
            .as("%s of %s", name, reds.get(i))
            .isCloseTo(right, within(4));
      }
      assertThat(plane[50 / step][410 / step]).as(name + " of a bar").isCloseTo(right, within(2));
    }
  }

  @Test
  void picturesAndSoundsAreAtTheirTimes() throws Exception {
    // Time stamps that begin at 7.3 s, pictures of another rate.
    Path late =
        inputs.make(
            FLASHES.formatted(25)
                + "-c:a aac -output_ts_offset 7.3 -muxdelay 0 -muxpreload 0 late.ts");
    Cell left = new Cell(0, 0, 320, 180, 0, 0, Fill.FIT);
    Cell right = new Cell(320, 0, 320, 180, 0, 0, Fill.FIT);
    MixInput joins = input(flashing, 0.43, 3, left);
    MixInput skips = new MixInput(late, millis(1000), millis(6100), millis(510), right, true);
    Path mixed = mix(plan(7, List.of(joins, skips)));
    // Its flash at 3.43 lies past its end; at 1 - 0.51 + 1 comes the first of the other.
    assertTimes(seen(mixed).flashes(100, 100), 1.43);
    assertTimes(seen(mixed).flashes(420, 100), 1.49, 3.49, 5.49);
    assertTimes(seen(mixed).beeps(), 1.43, 3.49, 5.49);
    assertThat(seen(mixed).seconds()).isCloseTo(7, within(0.07));
    assertThat(seen(mixed).sound().length / 48_000.0).isCloseTo(7, within(0.03));
  }

  @Test
  void farIntoAFileAndAcrossAGap() throws Exception {
    Path gap =
        inputs.make(
            "-i flashing.mkv -c copy -bsf:a noise=drop='between(pts*tb\\,2.5\\,4.5)' gap.mkv");
    Path looped = inputs.make("-stream_loop 9 -i flashing.mkv -c copy looped.mp4");
    // The loop's length is not exactly 6 s: ask the file where its last flash is.
    List<Double> all = seen(looped).flashes(100, 100);
    double last = all.getLast();
    MixInput first = input(gap, 0, 6, new Cell(0, 0, 320, 180, 0, 0, Fill.FIT));
    MixInput second =
        new MixInput(
            looped,
            millis(6000),
            millis(8000),
            millis(Math.round(last * 1000) - 500),
            new Cell(320, 0, 320, 180, 0, 0, Fill.FIT),
            true);
    Path mixed = mix(plan(8, List.of(first, second)));
    assertTimes(seen(mixed).flashes(100, 100), 1, 3, 5);
    assertTimes(seen(mixed).flashes(420, 100), 6.5);
    assertTimes(seen(mixed).beeps(), 1, 5, 6.5);
  }

  @Test
  void manyPiecesOfAFilePlayLikeTheWhole() throws Exception {
    List<MixInput> pieces = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      Cell cell = new Cell(0, 0, 320, 180, 0, 0, Fill.FIT);
      Duration from = millis(i * 250L);
      pieces.add(new MixInput(flashing, from, from.plusMillis(250), from, cell, true));
    }
    Path mixed = mix(plan(6, pieces));
    assertTimes(seen(mixed).flashes(100, 100), 1, 3, 5);
    assertTimes(seen(mixed).beeps(), 1, 3, 5);
  }

  @Test
  void soundThatDriftsFollowsItsTimeStamps() throws Exception {
    Path drifting =
        inputs.make("-i flashing.mkv -map 0:a -c copy -bsf:a setts=ts=PTS*1.02 drifting.mkv");
    Path mixed = mix(plan(6, List.of(input(drifting, 0, 6, null))));
    assertTimes(seen(mixed).beeps(), 1.02, 3.06, 5.1);
  }

  @Test
  void pixelsThatAreNotSquareAreStretched() throws Exception {
    Path wide = inputs.make("-f lavfi -i color=white:s=320x180:r=10:d=1,setsar=2 wide.mkv");
    Cell cell = new Cell(0, 0, 320, 320, 0, 0, Fill.FIT); // 320x90
    int[][] y = seen(mix(List.of(input(wide, 0, 1, cell)))).plane("y", 0.5);
    assertColumn(y, 160, 0, 320, 115, 205, BLACK);
  }

  @Test
  void brokenInputsAreNamedAndTheRestIsMixed() throws Exception {
    Path whole =
        inputs.make(FLASHES.formatted(30) + "-c:a aac -g 10 -movflags +faststart whole.mp4");
    byte[] bytes = Files.readAllBytes(whole);
    Path truncated =
        Files.write(folder.resolve("truncated.mp4"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    Path empty = Files.createFile(folder.resolve("empty.mkv"));
    byte[] noise = new byte[50_000];
    new Random(1).nextBytes(noise);
    Path garbage = Files.write(folder.resolve("garbage.mp4"), noise);
    Path image = inputs.make("-f lavfi -i color=white:s=64x64 -frames:v 1 still.png");
    List<MixInput> all = new ArrayList<>();
    for (Path each : List.of(truncated, empty, garbage, folder.resolve("gone.mkv"), image)) {
      all.add(input(each, 0, 6, new Cell(100 * all.size(), 0, 100, 100, 0, 0, Fill.CROP)));
    }
    Path target = folder.resolve("broken-mix.mp4");
    MixProgress listener = new MixProgress();
    MixResult result = Mixer.mix(plan(6, all, target), listener);
    assertThat(result.missing())
        .hasSize(4)
        .anyMatch(words -> words.startsWith("truncated.mp4: it breaks off"))
        .anyMatch(words -> words.startsWith("empty.mkv: "))
        .anyMatch(words -> words.startsWith("garbage.mp4: "))
        .anyMatch(words -> words.startsWith("gone.mkv: "))
        .noneMatch(words -> words.startsWith("still.png"));
    assertThat(result.bytes()).isEqualTo(Files.size(target));
    assertTimes(seen(target).flashes(50, 50), 1, 3);
    assertThat(seen(target).plane("y", 5.9)[50][450]).isCloseTo(WHITE, NEARLY);
    assertThat(listener.monotone).isTrue();
    assertThat(listener.last).isEqualTo(1);
  }

  @Test
  void picturesThatChangeTheirSizeStayInTheCell() throws Exception {
    String words =
        "-f lavfi -i color=%s:r=10:d=1 -muxdelay 0 -muxpreload 0 -output_ts_offset %d %s";
    Path changing = inputs.make(words.formatted("white:s=320x180", 0, "small.ts"));
    Path large = inputs.make(words.formatted("gray:s=640x480", 1, "large.ts"));
    Files.write(changing, Files.readAllBytes(large), StandardOpenOption.APPEND);
    Cell cell = new Cell(0, 0, 320, 180, 0, 0, Fill.FIT);
    Path mixed = folder.resolve("mix.mp4");
    // Two files in one: what counts packets in them notices, and it is said.
    Mixer.mix(plan(2, List.of(input(changing, 0, 2, cell)), mixed), new MixProgress());
    assertRow(seen(mixed).plane("y", 0.5), 90, 0, 320, 0, 320, Colour.of(BLUE_GREY).y());
    int[][] y = seen(mixed).plane("y", 1.8); // 240x180, bars of 40 on both sides
    int grey = y[90][160];
    assertThat(grey).isBetween(100, 150);
    assertThat(y[90][42]).isCloseTo(grey, NEARLY);
    assertThat(y[90][37]).isCloseTo(BLACK, NEARLY);
    assertThat(y[90][282]).isCloseTo(BLACK, NEARLY);
  }

  @Test
  void sixteenLoudVoicesDoNotClip() throws Exception {
    Path loud =
        inputs.make("-f lavfi -i aevalsrc=0.9*sin(2764*t):s=44100:d=3 -c:a pcm_s16le loud.wav");
    List<MixInput> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      all.add(input(loud, i == 0 ? 0 : 1, 2, null));
    }
    Path mixed = mix(plan(3, all));
    float[] samples = seen(mixed).sound();
    double peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    assertThat(peak).isBetween(0.7, 1.0);
    // One voice alone is as loud as it was: not divided by the number of voices.
    assertThat(seen(mixed).loudness(0.2, 0.8)).isCloseTo(0.9 / Math.sqrt(2), within(0.05));
    assertThat(seen(mixed).loudness(1.2, 1.8)).isCloseTo(0.89 / Math.sqrt(2), within(0.06));
    assertThat(seen(mixed).loudness(2.2, 2.8)).isLessThan(0.001);
  }

  @Test
  void withoutSoundAndWithSilence() throws Exception {
    List<MixInput> all = List.of(input(white, 0, 1, new Cell(0, 0, 320, 180, 0, 0, Fill.FIT)));
    Path silent = mix(all);
    assertThat(seen(silent).loudness(0, 1)).isZero();
    Path target = folder.resolve("mute.mp4");
    MixPlan mute = new MixPlan(639, 359, 15, 1000, BLUE_GREY, millis(1000), false, all, target);
    Mixer.mix(mute, new MixProgress());
    assertThat(
            inputs.probe(
                "-show_entries stream=codec_name,width,height,color_space,color_range -of csv=p=0 "
                    + target))
        .isEqualTo("h264,640,360,tv,bt709");
    byte[] head = Arrays.copyOf(Files.readAllBytes(target), 100);
    assertThat(new String(head, StandardCharsets.ISO_8859_1)).contains("moov");
  }

  @Test
  void aCancelledMixLeavesNothing() throws Exception {
    Path own = Files.createDirectory(folder.resolve("cancelled"));
    MixListener impatient =
        new MixProgress() {
          private int asked;

          @Override
          public boolean cancelled() {
            return ++asked > 20;
          }
        };
    MixPlan plan =
        plan(
            6,
            List.of(input(flashing, 0, 6, new Cell(0, 0, 320, 180, 0, 0, Fill.FIT))),
            own.resolve("mix.mp4"));
    assertThatThrownBy(() -> Mixer.mix(plan, impatient))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("mix.mp4");
    assertThat(own).isEmptyDirectory();
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("mix-sound"));
  }

  @Test
  void aTargetThatCannotBeWrittenFailsByItsName() {
    Path nowhere = folder.resolve("no-such-folder/mix.mp4");
    assertThatThrownBy(() -> Mixer.mix(plan(1, List.of(), nowhere), new MixProgress()))
        .isInstanceOf(RecordingFailure.class)
        .hasMessageContaining("Writing mix.mp4: No such file or directory");
  }

  private static void assertTimes(List<Double> actual, double... expected) {
    assertThat(actual).as("%s", actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual.get(i)).isCloseTo(expected[i], IN_SYNC);
    }
  }

  /** White from one column to another, something else beside. */
  private static void assertRow(
      int[][] y, int row, int from, int to, int whiteFrom, int whiteTo, int beside) {
    for (int x = Math.max(0, from - 1); x < Math.min(y[0].length, to + 1); x++) {
      boolean white = x >= whiteFrom && x < whiteTo;
      assertThat(y[row][x]).as("x=%d y=%d", x, row).isCloseTo(white ? WHITE : beside, NEARLY);
    }
  }

  private static void assertColumn(
      int[][] y, int column, int from, int to, int whiteFrom, int whiteTo, int beside) {
    for (int row = from; row < to; row++) {
      boolean white = row >= whiteFrom && row < whiteTo;
      assertThat(y[row][column])
          .as("x=%d y=%d", column, row)
          .isCloseTo(white ? WHITE : beside, NEARLY);
    }
  }

  private static MixInput input(Path file, double from, double to, @Nullable Cell cell) {
    return new MixInput(
        file,
        millis(Math.round(from * 1000)),
        millis(Math.round(to * 1000)),
        Duration.ZERO,
        cell,
        true);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static MixPlan plan(int seconds, List<MixInput> inputs, Path target) {
    return new MixPlan(
        640, 360, 30, 20_000, BLUE_GREY, Duration.ofSeconds(seconds), true, inputs, target);
  }

  private static MixPlan plan(int seconds, List<MixInput> inputs) {
    return plan(seconds, inputs, folder.resolve("mix.mp4"));
  }

  private static Path mix(List<MixInput> inputs) {
    return mix(plan(1, inputs));
  }

  private static Path mix(MixPlan plan) {
    MixResult result = Mixer.mix(plan, new MixProgress());
    assertThat(result.missing()).isEmpty();
    assertThat(result.duration()).isEqualTo(plan.duration());
    return plan.target();
  }

  private static DecodedFile seen(Path file) {
    return new DecodedFile(inputs, file);
  }
}
