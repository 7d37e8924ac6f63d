package org.pagereel.server.core.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.ReplayRequest;
import org.pagereel.recorder.ReplayResult;
import org.pagereel.recorder.StreamFiles;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.StreamFiles.StreamFile;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.Pause;
import tools.jackson.databind.JsonNode;

/**
 * A process that speaks to the server as {@code recorder replay FOLDER [PROXY]} does, keeps
 * finished parts as that does, and makes no videos: its files have the sizes and times of the
 * vendor's examples. What it is to do is in the last message of its own kind ({@link #EXT}), from
 * which no event of the class was made.
 */
public final class StandInRecorder {
  /** Of the message that says what to do. */
  public static final String EXT = "StandIn";

  static final String MESSAGES = "messages.jsonl";

  private StandInRecorder() {}

  /**
   * What to do.
   *
   * @param millis each part takes
   * @param failAt number of the part before which it fails; -1 for none
   * @param category of the failure; null to be gone without a word
   * @param silent it hangs in place of failing
   * @param incomplete the result names a file that is not there
   */
  public record Plan(
      int parts,
      int millis,
      int failAt,
      @Nullable FailureCategory category,
      boolean silent,
      boolean incomplete) {
    public static Plan of(int parts, int millis) {
      return new Plan(parts, millis, -1, null, false, false);
    }

    public static Plan failing(int at, @Nullable FailureCategory category) {
      return new Plan(20, 1, at, category, false, false);
    }
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2 || !arguments[0].equals("replay")) {
      Runtime.getRuntime().halt(2);
    }
    Path folder = Path.of(arguments[1]);
    note(folder, "starts.log", ProcessHandle.current().pid() + " " + List.of(arguments));
    ReplayRequest request =
        Json.LINES.readValue(
            Files.readString(folder.resolve(ReplayRequest.FILE)), ReplayRequest.class);
    Plan plan = plan(folder);
    Path parts = Files.createDirectories(folder.resolve("parts"));
    for (int i = 0; i < plan.parts(); i++) {
      if (i == plan.failAt()) {
        fail(plan);
      }
      Path part = parts.resolve("part-" + i);
      if (!Files.exists(part)) {
        Pause.of(Duration.ofMillis(plan.millis()));
        note(folder, "made.log", String.valueOf(i));
        WholeFile.write(part, "part " + i);
      }
      send(new Event.Completing((i + 1.0) / plan.parts()));
    }
    ReplayResult result = result(request.mix() != null);
    for (StreamFile file : result.files().files()) {
      Files.write(folder.resolve(file.file()), new byte[(int) file.bytes()]);
    }
    if (plan.incomplete()) {
      Files.delete(folder.resolve(result.files().files().getFirst().file()));
    }
    WholeFile.write(folder.resolve(ReplayResult.FILE), Json.PRETTY.writeValueAsString(result));
    List<String> videos = result.files().files().stream().map(StreamFile::file).toList();
    send(new Event.Finished(1440, videos));
    Runtime.getRuntime().halt(0);
  }

  private static void fail(Plan plan) {
    if (plan.silent()) {
      while (true) {
        Pause.of(Duration.ofMinutes(1));
      }
    }
    if (plan.category() != null) {
      send(new Event.Failed(plan.category(), "The board says no", List.of()));
    }
    Runtime.getRuntime().halt(1);
  }

  private static Plan plan(Path folder) throws IOException {
    Plan plan = Plan.of(20, 1);
    Path messages = folder.resolve(MESSAGES);
    for (String line : Files.exists(messages) ? Files.readAllLines(messages) : List.<String>of()) {
      JsonNode content = Json.LINES.readTree(line).path("MsgBody").path(0).path("MsgContent");
      if (content.path("Ext").asString("").equals(EXT)) {
        plan = Json.LINES.readValue(content.path("Data").stringValue(), Plan.class);
      }
    }
    return plan;
  }

  /** The two examples of the vendor's page. */
  private static ReplayResult result(boolean mixed) {
    List<StreamFile> files = new ArrayList<>();
    if (mixed) {
      files.add(new StreamFile("mix.mp4", Kind.MIX, "", 0, 1_440_000, 13_151, 1920, 1080));
    } else {
      files.add(
          new StreamFile("camera-1.mp4", Kind.CAMERA, "ios_test1", 0, 1_200_000, 13_151, 640, 360));
      files.add(
          new StreamFile(
              "camera-2.mp4", Kind.CAMERA, "pc_test1", 300_000, 810_000, 3756, 640, 360));
      files.add(
          new StreamFile("board.mp4", Kind.WHITEBOARD, "", 120_000, 1_320_000, 1241, 1280, 960));
    }
    return new ReplayResult(
        1_558_613_140_789L,
        new StreamFiles(1_440_000, files, List.of(), List.of(), List.of("a film")),
        Map.of("77", 1L),
        0,
        Map.of());
  }

  private static void note(Path folder, String file, String line) throws IOException {
    Files.writeString(
        folder.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void send(Event event) {
    PrintStream out = System.out;
    out.print(Json.LINES.writerFor(Event.class).writeValueAsString(event) + "\n");
    out.flush();
  }
}
