package org.pagereel.server.core.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Counters;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.WholeFile;
import org.pagereel.recorder.session.RecorderProcess;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;
import org.pagereel.server.Pause;

/**
 * A process that speaks to the server as a live recorder does and records nothing but the time:
 * {@link #MEDIA} gets a line of the machine's steady nanoseconds 20 times a second. The page's
 * address says how it behaves:
 *
 * <ul>
 *   <li>{@code never}: its page is never ready
 *   <li>{@code dies=N}: of the first N attempts each dies as soon as its page is ready
 *   <li>{@code breaks=N}: of the first N attempts each breaks, after a word about it
 *   <li>{@code broken=N}: the attempt of this number does
 *   <li>{@code full}: as soon as its page is ready, the disk is full
 *   <li>{@code pauses=MS}: a pause takes so long
 *   <li>{@code completes=MS}: so does completing the files
 *   <li>{@code deaf}: it says and does nothing any more when it is told to stop
 * </ul>
 *
 * It cannot complete its files while the folder has a file {@link #FULL}, and its page ends the
 * recording, for nothing has happened in it, as soon as the folder has a file {@link #IDLE}.
 */
public final class StandInCamera {
  public static final String MEDIA = "media.log";
  static final String STARTS = "starts.log";
  static final String FULL = "full";
  static final String IDLE = "idle";

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final PrintStream out = System.out;
  private final RecordingRequest request;
  private final Map<String, String> manners;
  private final Path folder;
  private boolean recording;
  private boolean over;

  private StandInCamera(RecordingRequest request) {
    this.request = request;
    this.folder = request.folder();
    String query = URI.create(request.page().url()).getQuery();
    this.manners =
        Arrays.stream(query == null ? new String[0] : query.split("&", -1))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 1 && arguments[0].equals("repair")) {
      boolean failed = arguments.length > 3;
      repair(
          Path.of(arguments[1]),
          failed ? new Report.Failure(FailureCategory.valueOf(arguments[2]), arguments[3]) : null);
      Runtime.getRuntime().halt(0);
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    @Nullable StandInCamera camera = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Command command = Json.LINES.readValue(line, Command.class);
      if (command instanceof Command.Start start) {
        camera = new StandInCamera(start.request());
        camera.open();
      } else if (camera != null) {
        StandInCamera told = camera;
        camera.timer.execute(() -> told.obey(command));
      }
    }
    if (camera != null) {
      StandInCamera told = camera;
      camera.timer.execute(() -> told.end(Event.End.ORDER));
    }
  }

  private void open() throws IOException {
    note(STARTS, request.attempt().number() + (request.attempt().hold() ? " held" : " at once"));
    report(Report.State.STARTING, false);
    var _ = timer.scheduleAtFixedRate(this::tick, 0, 50, TimeUnit.MILLISECONDS);
    var _ =
        timer.scheduleAtFixedRate(
            () -> send(new Event.Progress(0, 1, 0, 0, 15, 0)), 1, 1, TimeUnit.SECONDS);
    if (!manners.containsKey("never")) {
      var _ = timer.schedule(this::ready, 50, TimeUnit.MILLISECONDS);
    }
  }

  private void ready() {
    if (isAmongTheFirst("dies")) {
      Runtime.getRuntime().halt(1);
    }
    boolean isBroken = String.valueOf(request.attempt().number()).equals(manners.get("broken"));
    if (isBroken || isAmongTheFirst("breaks")) {
      send(new Event.Failed(FailureCategory.INTERNAL, "The recorder broke", List.of()));
      Runtime.getRuntime().halt(RecorderProcess.BROKEN);
    }
    send(new Event.Ready("load", 0.05));
    if (manners.containsKey("full")) {
      record();
      send(new Event.Failed(FailureCategory.CAPACITY, "No space left on device", List.of()));
      Runtime.getRuntime().halt(1);
    }
    if (!request.attempt().hold()) {
      record();
    }
  }

  private boolean isAmongTheFirst(String manner) {
    return request.attempt().number() <= Integer.parseInt(manners.getOrDefault(manner, "0"));
  }

  private void record() {
    recording = true;
    tick();
    report(Report.State.RECORDING, false);
    send(new Event.Recording(Instant.now()));
  }

  private void tick() {
    if (recording && !over) {
      note(MEDIA, String.valueOf(System.nanoTime()));
    }
    if (!over && Files.exists(folder.resolve(IDLE))) {
      end(Event.End.IDLE);
    }
  }

  private void obey(Command command) {
    switch (command) {
      case Command.Release() -> record();
      case Command.Resume() -> record();
      case Command.Pause() -> {
        if (recording) {
          recording = false;
          var _ =
              timer.schedule(
                  () -> send(new Event.Paused(Instant.now())),
                  Integer.parseInt(manners.getOrDefault("pauses", "1")),
                  TimeUnit.MILLISECONDS);
        }
      }
      case Command.Stop() -> end(Event.End.ORDER);
      case Command.Leave ignored -> {}
      case Command.Confirm() -> {}
      case Command.Prepare ignored -> {}
      case Command.Start ignored -> {}
    }
  }

  private void end(Event.End by) {
    if (over) {
      return;
    }
    over = true;
    if (manners.containsKey("deaf")) {
      while (true) {
        Pause.of(Duration.ofMinutes(1));
      }
    }
    send(new Event.Finishing(by));
    report(Report.State.FINISHING, false);
    int left = Integer.parseInt(manners.getOrDefault("completes", "1"));
    for (; left > 0; left -= 100) {
      Pause.of(Duration.ofMillis(Math.min(left, 100)));
      send(new Event.Completing(0.5));
    }
    if (Files.exists(folder.resolve(FULL))) {
      send(new Event.Failed(FailureCategory.CAPACITY, "No space left on device", List.of()));
      Runtime.getRuntime().halt(1);
    }
    report(Report.State.FINISHED, true);
    send(new Event.Finished(1, List.of("page.mp4")));
    Runtime.getRuntime().halt(0);
  }

  private static void repair(Path folder, Report.@Nullable Failure cause) throws IOException {
    Path file = folder.resolve(Report.FILE);
    Report report = ReportFile.read(folder);
    if (Files.exists(folder.resolve(FULL))) {
      send(System.out, new Event.Failed(FailureCategory.CAPACITY, "No space left", List.of()));
      return;
    }
    Report.State state = cause == null ? Report.State.FINISHED : Report.State.FAILED;
    Report made = report(report.id(), report.attempt(), state, cause, true);
    WholeFile.write(file, Json.PRETTY.writeValueAsString(made));
    send(System.out, new Event.Finished(1, List.of("page.mp4")));
  }

  private void report(Report.State state, boolean made) {
    try {
      WholeFile.write(
          folder.resolve(Report.FILE),
          Json.PRETTY.writeValueAsString(
              report(request.id(), request.attempt().number(), state, made)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A report with one slice, and its video when that is made. */
  public static Report report(String id, int attempt, Report.State state, boolean made) {
    return report(id, attempt, state, null, made);
  }

  private static Report report(
      String id, int attempt, Report.State state, Report.@Nullable Failure failure, boolean made) {
    return new Report(
        id,
        attempt,
        "label",
        "http://stand.in/",
        state,
        failure,
        null,
        null,
        9,
        640,
        360,
        15,
        800,
        null,
        List.of(),
        List.of(),
        List.of(),
        made ? List.of(new Report.Video("page.mp4", 9, 10)) : List.of(),
        List.of(new Report.SliceEntry("page-1-1.ts", 1, 1, 0, 9, Instant.EPOCH, 188, null)),
        Counters.NONE,
        null,
        List.of(),
        0,
        36_000,
        1_000_000_000,
        15,
        null,
        null);
  }

  private void note(String file, String line) {
    try {
      Files.writeString(
          folder.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void send(Event event) {
    send(out, event);
  }

  private static synchronized void send(PrintStream out, Event event) {
    out.print(Json.LINES.writerFor(Event.class).writeValueAsString(event) + "\n");
    out.flush();
  }
}
