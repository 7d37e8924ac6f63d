package org.pagereel.server.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pagereel.recorder.av.FfmpegTool;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.faces.classes.ClassFolder;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A class as it would have been: a teacher who draws, writes, erases and turns pages, and four
 * cameras that flash and beep at every second of the server's clock. One comes late, one is in two
 * files. What can be checked is planned: {@link Mark}.
 *
 * @param marks thick dots, each at a place of its own on its page
 */
record GeneratedClass(Path folder, long zero, long millis, List<Mark> marks, List<Camera> cameras) {
  static final long ZERO = 1_558_613_140_000L;

  /** The teacher's clock at the server's {@link #ZERO}. */
  private static final long TEACHERS = 7_000;

  private static final int MARKS_A_PAGE = 12;
  private static final List<String> COLOURS = List.of("red", "green", "blue", "purple");
  private static final List<Integer> PITCHES = List.of(440, 620, 860, 1180);

  /**
   * A dot that is seen for a while.
   *
   * @param x of its centre, 0 to 10000, as is {@code y}
   * @param rgb its colour
   * @param from milliseconds from the class's beginning, as is {@code to}
   */
  record Mark(int x, int y, int rgb, long from, long to) {}

  /** Somebody's camera, in one or more files. */
  record Camera(String user, int pitch, long from, List<String> files) {}

  /** Writes the class's folder. */
  static GeneratedClass make(Path folder, int seconds, int people) throws Exception {
    Messages messages = new Messages(folder);
    List<Mark> marks = draw(messages, seconds * 1000L);
    List<Camera> cameras = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      cameras.add(camera(messages, i, seconds * 1000L));
    }
    messages.write();
    return new GeneratedClass(folder, ZERO, seconds * 1000L, marks, cameras);
  }

  private static List<Mark> draw(Messages messages, long total) {
    Random random = new Random(5);
    List<Mark> marks = new ArrayList<>();
    List<Mark> page = new ArrayList<>();
    int pages = 1;
    messages.teacher(0, "{\"action\":203,\"color\":-1}");
    for (long at = 1_000; at < total - 2_500; at += 2_500) {
      if (page.size() == MARKS_A_PAGE) {
        // Pages are turned, and now and then wiped.
        messages.teacher(
            at,
            pages % 3 == 0
                ? "{\"action\":102}"
                : "{\"action\":401,\"toBoardId\":\"#DEFAULT\",\"page\":\"%d\"}"
                    .formatted(pages + 1));
        long gone = at;
        page.forEach(mark -> marks.add(ending(mark, gone)));
        page.clear();
        pages++;
        at += 500;
      }
      int place = page.size();
      int rgb = List.of(0xff0000, 0x00a000, 0x0000ff).get(random.nextInt(3));
      Mark mark = new Mark(1_000 + place % 4 * 2_500, 1_500 + place / 4 * 3_000, rgb, at, total);
      dot(messages, at, mark);
      page.add(mark);
      scribble(messages, at + 200, random);
      if (marks.size() % 5 == 4) {
        messages.teacher(
            at + 900,
            "{\"action\":13,\"seq\":%d,\"x\":%d,\"y\":9300,\"text\":\"课堂 x² <script>\",\"textSize\":300}"
                .formatted(messages.next(), random.nextInt(7_000)));
      }
      if (page.size() % 6 == 5) { // a slip of the pen
        undo(messages, at + 2_000, mark);
        page.removeLast();
        marks.add(ending(mark, at + 2_000));
      }
    }
    marks.addAll(page);
    return marks;
  }

  private static Mark ending(Mark mark, long at) {
    return new Mark(mark.x(), mark.y(), mark.rgb(), mark.from(), at);
  }

  private static void dot(Messages messages, long at, Mark mark) {
    messages.teacher(
        at,
        ("{\"action\":1,\"seq\":%d,\"color\":%d,\"thin\":500,\"x\":%d,\"y\":%d},"
                + "{\"action\":2,\"x\":%d,\"y\":%d},{\"action\":3}")
            .formatted(
                messages.mark(mark),
                mark.rgb() << 8 | 0xff,
                mark.x(),
                mark.y(),
                mark.x() + 1,
                mark.y()));
  }

  private static void undo(Messages messages, long at, Mark mark) {
    messages.teacher(
        at,
        "{\"action\":8,\"display\":false,\"lines\":[{\"uid\":\"teacher\",\"seq\":%d}]}"
            .formatted(messages.number(mark)));
  }

  /** A line of 1.2 seconds, between the rows of marks. */
  private static void scribble(Messages messages, long at, Random random) {
    int row = 2_500 + random.nextInt(2) * 3_000;
    int x = random.nextInt(6_000);
    String begin =
        "{\"action\":1,\"seq\":%d,\"color\":858993663,\"thin\":30,\"x\":%d,\"y\":%d}"
            .formatted(messages.next(), x, row);
    for (int batch = 0; batch < 6; batch++) {
      StringBuilder points = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        x += random.nextInt(120);
        points
            .append(points.isEmpty() ? "" : ",")
            .append(x)
            .append(',')
            .append(row + random.nextInt(400));
      }
      String move = "{\"action\":2,\"points\":[%s]}".formatted(points);
      messages.teacher(at + batch * 200L, batch == 0 ? begin + "," + move : move);
    }
    messages.teacher(at + 1_300, "{\"action\":3}");
  }

  private static Camera camera(Messages messages, int number, long total) throws Exception {
    long from = List.of(0L, 1_500L, 3_250L, total / 10).get(number);
    long length = total - from - 500;
    long cut = number == 1 ? Math.min(length * 2 / 3, 1_800_000) : length;
    List<String> files = new ArrayList<>();
    for (long start = from, left = length; left > 0; start += cut, left -= cut) {
      String file = "cam%d-%d.mp4".formatted(number, files.size());
      long of = Math.min(left, cut);
      film(messages.folder(), file, number, start, of);
      messages.video("user" + number, file, ZERO + start, of);
      files.add(file);
    }
    return new Camera("user" + number, PITCHES.get(number), from, files);
  }

  private static void film(Path folder, String file, int number, long start, long millis)
      throws Exception {
    String on = "lt(mod(t+%s\\,1)\\,0.1)".formatted((start % 1000) / 1000.0);
    String box = "drawbox=x=iw*0.3:y=ih*0.3:w=iw*0.4:h=ih*0.4:t=fill:c=";
    List<String> words =
        List.of(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "color=%s:s=640x360:r=15:d=%s,%sblack,%swhite:enable='%s'"
                .formatted(COLOURS.get(number), millis / 1000.0, box, box, on),
            "-f",
            "lavfi",
            "-i",
            "aevalsrc='0.2*sin(2*PI*%d*t)*%s':s=48000:d=%s"
                .formatted(PITCHES.get(number), on, millis / 1000.0),
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-g",
            "60",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac",
            "-movflags",
            "+faststart",
            folder.resolve(file).toString());
    Process process = FfmpegTool.ffmpeg(words).inheritIO().start();
    assertThat(process.waitFor()).as("making %s", file).isZero();
  }

  /** The group's messages, in the order of their numbers. */
  private static final class Messages {
    private final Path folder;
    private final List<String> lines = new ArrayList<>();
    private final Map<Mark, Integer> numbers = new HashMap<>();
    private int elements;

    Messages(Path folder) {
      this.folder = folder;
      add(
          0,
          "{\"type\":1003,\"seq\":1,\"timestamp\":%d,\"time_line\":%d,\"value\":{\"uid\":\"teacher\"}}"
              .formatted(TEACHERS, ZERO));
    }

    Path folder() {
      return folder;
    }

    int next() {
      return ++elements;
    }

    int mark(Mark mark) {
      numbers.put(mark, next());
      return elements;
    }

    int number(Mark mark) {
      return numbers.getOrDefault(mark, 0);
    }

    /** It reaches the server a little later. */
    void teacher(long at, String actions) {
      add(
          at + 40,
          ("{\"seq\":%d,\"timestamp\":%d,\"value\":{\"boardId\":\"#DEFAULT\",\"operator\":\"teacher\","
                  + "\"actions\":[%s]}}")
              .formatted(lines.size(), TEACHERS + at, actions));
    }

    void video(String user, String file, long wall, long millis) {
      add(
          millis,
          ("{\"type\":1004,\"seq\":1,\"timestamp\":1,\"value\":{\"uid\":\"%s\",\"start_time\":%d,"
                  + "\"media_start_time\":%d,\"duration\":%s,\"video_url\":\"%s\"}}")
              .formatted(user, wall / 1000, wall, millis / 1000.0, file));
    }

    private void add(long at, String data) {
      ObjectNode message = Json.LINES.createObjectNode();
      message.put("From_Account", "server").put("IsPlaceMsg", 0);
      ArrayNode body = message.putArray("MsgBody");
      ObjectNode element = body.addObject().put("MsgType", "TIMCustomElem");
      element.putObject("MsgContent").put("Data", data).put("Desc", "").put("Ext", "");
      message.put("MsgRandom", lines.size()).put("MsgSeq", lines.size() + 1);
      message.put("MsgTimeStamp", (ZERO + at) / 1000).put("MsgTimeMillis", ZERO + at);
      lines.add(message.toString());
    }

    void write() throws IOException {
      Files.writeString(folder.resolve("messages.jsonl"), String.join("\n", lines) + "\n");
      ClassFolder.translate(folder);
    }
  }
}
