package org.pagereel.server.faces.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagereel.recorder.MixLayout;
import org.pagereel.recorder.MixLayout.Fill;
import org.pagereel.recorder.MixLayout.Place;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.recorder.StreamsPlan.StreamRule;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.recorder.streams.Board;
import org.pagereel.recorder.streams.FinishStreams;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.tools.measure.Pixels;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Coloured participants land in exactly the rectangles of the templates and of custom layouts. */
class LayoutTest {
  private static final int[] COLOURS = {0xcc3333, 0x33aa33, 0x3333cc, 0xcccc33, 0x33cccc, 0xcc33cc};
  private static final int BOARD = 0xfafafa;
  private static final int BACKGROUND = 0x34363B;

  @TempDir Path folder;
  private final ObjectNode journal = Json.LINES.createObjectNode();
  private final ArrayNode segments = journal.putArray("segments");

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "2, 1", "2, 2", "2, 3", "2, 4", "2, 5", "2, 6"})
  void aTemplateForSoManyParticipants(int model, int participants) throws Exception {
    for (int i = 0; i < participants; i++) {
      camera("user" + i, COLOURS[i], 640, 360);
    }
    MixLayout layout = Template.of(model, null, true);
    Pixels mix = mixed(layout);
    assertThat(List.of(mix.width(), mix.height())).containsExactly(layout.width(), layout.height());
    Place board = layout.places().getFirst();
    assertRectangle(mix, board.x(), board.y(), 1280, 960, BOARD, BACKGROUND);
    for (int i = 0; i < 4; i++) {
      Place place = layout.places().get(2 + i);
      if (i < participants) {
        // 640x360 in 320x240: bars of 30 lines above and below.
        assertRectangle(mix, place.x(), place.y() + 30, 320, 180, COLOURS[i], null);
        assertNear(mix, place.x() + 160, place.y() + 15, 0);
        assertNear(mix, place.x() + 160, place.y() + 225, 0);
        assertNear(mix, place.x() - 3, place.y() + 120, BACKGROUND);
      } else {
        assertNear(mix, place.x() + 160, place.y() + 120, BACKGROUND);
      }
    }
  }

  @Test
  void theTeacherIsFirstWheneverHeComes() throws Exception {
    camera("anna", COLOURS[0], 640, 480);
    camera("ben", COLOURS[1], 640, 480);
    camera("teacher", COLOURS[2], 640, 480);
    Pixels mix = mixed(Template.of(2, "teacher", true));
    assertRectangle(mix, 1296, 8, 320, 240, COLOURS[2], BACKGROUND);
    assertRectangle(mix, 1296, 256, 320, 240, COLOURS[0], BACKGROUND);
    assertRectangle(mix, 1296, 504, 320, 240, COLOURS[1], BACKGROUND);
  }

  @Test
  void aSharedScreenCoversTheBoard() throws Exception {
    stream("teacher", "SCREEN", COLOURS[3], 1280, 720);
    Pixels mix = mixed(Template.of(2, null, true));
    assertRectangle(mix, 8, 8 + 120, 1280, 720, COLOURS[3], null);
    assertNear(mix, 600, 60, 0); // the place's own background, not the board
  }

  @Test
  void ownPlacesWithCroppingOrderAndPrefixes() throws Exception {
    camera("student_1", COLOURS[0], 640, 360);
    camera("student_2", COLOURS[1], 360, 640);
    camera("guest", COLOURS[2], 640, 360);
    MixLayout layout =
        new MixLayout(
            "custom",
            800,
            600,
            0x102030,
            false,
            List.of(
                Place.of(TicNames.STREAMS.whiteboard(), 0, 0, 400, 300, 0, 0, Fill.CROP),
                Place.of("student_", 301, 201, 199, 201, 2, 0x505050, Fill.FIT),
                Place.of("student_2", 100, 400, 160, 160, 1, 0, Fill.CROP),
                Place.of(null, 350, 250, 300, 300, 1, 0, Fill.CROP)));
    Pixels mix = mixed(layout);
    // student_1 comes first and takes the first place that fits it, above the others.
    assertNear(mix, 400, 301, COLOURS[0]);
    assertNear(mix, 400, 205, 0x505050);
    assertNear(mix, 303, 203, 0x505050);
    assertRectangle(mix, 100, 400, 160, 160, COLOURS[1], 0x102030);
    assertNear(mix, 640, 540, COLOURS[2]);
    assertNear(mix, 380, 520, COLOURS[2]);
    assertNear(mix, 200, 150, BOARD);
    assertNear(mix, 700, 100, 0x102030);
  }

  private void camera(String user, int colour, int width, int height) throws Exception {
    stream(user, "CAMERA", colour, width, height);
  }

  private void stream(String user, String kind, int colour, int width, int height)
      throws Exception {
    String file = "stream-%04d.mkv".formatted(segments.size() + 1);
    make(file, "color=0x%06x:s=%dx%d:r=15:d=2".formatted(colour, width, height));
    ObjectNode segment = segments.addObject();
    segment.put("file", file).putObject("key").put("userId", user).put("kind", kind);
    segment.put("start", segments.size() * 1000L).put("end", 2_000_000L);
    segment.put("width", width).put("height", height);
  }

  private void make(String file, String picture) throws Exception {
    List<String> words = new ArrayList<>(List.of("-y", "-f", "lavfi", "-i", picture));
    words.addAll(List.of("-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"));
    words.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-crf", "12"));
    words.addAll(List.of("-colorspace", "bt709", "-color_range", "tv"));
    words.add(folder.resolve(file).toString());
    Process process = FfmpegTool.ffmpeg(words).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private Pixels mixed(MixLayout layout) throws Exception {
    make("page.mp4", "color=0x%06x:s=1280x960:r=5:d=2".formatted(BOARD));
    StreamsPlan plan =
        new StreamsPlan(false, null, false, layout, List.of(StreamRule.ALL), TicNames.STREAMS, 300);
    journal.set("plan", Json.LINES.valueToTree(plan));
    journal.putArray("begun");
    Files.writeString(folder.resolve("streams-journal.json"), journal.toString());
    FinishStreams.make(
        folder,
        List.of(new Board("page.mp4", 0, 2_000_000, 1000, 1280, 960)),
        List.of(),
        Duration.ofSeconds(2),
        Duration.ZERO,
        done -> {});
    StreamFiles made =
        Json.PRETTY.readValue(
            Files.readString(folder.resolve(StreamFiles.FILE)), StreamFiles.class);
    assertThat(made.missing()).isEmpty();
    assertThat(made.files().stream().filter(file -> file.kind() == Kind.MIX)).hasSize(1);
    return Pixels.ofLastPicture(folder.resolve("mix.mp4"));
  }

  /** Its own colour just inside of every edge, and another just outside, if that is given. */
  private static void assertRectangle(
      Pixels mix, int x, int y, int width, int height, int inside, Integer outside) {
    IntStream.of(x + 1, x + width / 2, x + width - 2)
        .forEach(at -> {
          assertNear(mix, at, y + 1, inside);
          assertNear(mix, at, y + height - 2, inside);
        });
    assertNear(mix, x + 1, y + height / 2, inside);
    assertNear(mix, x + width - 2, y + height / 2, inside);
    if (outside != null) {
      assertNear(mix, x - 2, y + height / 2, outside);
      assertNear(mix, x + width + 1, y + height / 2, outside);
      assertNear(mix, x + width / 2, y - 2, outside);
      assertNear(mix, x + width / 2, y + height + 1, outside);
    }
  }

  private static void assertNear(Pixels mix, int x, int y, int expected) {
    int actual = mix.at(x, y);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(actual >> shift & 0xff)
          .as("at %d,%d: %06x, expected %06x", x, y, actual, expected)
          .isBetween((expected >> shift & 0xff) - 16, (expected >> shift & 0xff) + 16);
    }
  }
}
