package org.pagereel.server.platform.supervisor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageNetwork;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.Label;
import org.pagereel.recorder.process.Leftovers;
import org.pagereel.recorder.process.Scratch;
import org.pagereel.recorder.session.RecorderProcess;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import org.pagereel.recorder.wire.ReportFile;
import tools.jackson.core.JacksonException;

/**
 * One recorder process and everything that must happen around it: its last event always comes, and
 * nothing of it is left, however it ends.
 */
public final class RecorderChild {
  private final String label;
  private final Process process;
  private final Writer commands;
  private final Watchdog watchdog;

  private RecorderChild(
      String label, List<String> command, PageNetwork network, Duration readyTimeout)
      throws IOException {
    this.label = label;
    this.watchdog = Watchdog.recording(Patience.DEFAULT, readyTimeout);
    this.process = spawn(label, command, network);
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts a recorder and the recording; its label is the recording's id. */
  public static RecorderChild start(RecordingRequest request) throws IOException {
    RecorderChild child =
        new RecorderChild(
            request.id(),
            RecorderCommandLine.of(List.of()),
            PageNetwork.FREE,
            request.page().readyTimeout());
    child.send(new Command.Start(request));
    return child;
  }

  /** Starts a recorder that sets up screen, sound and browser and waits for a recording. */
  static RecorderChild prepare(
      String label, List<String> command, PageSize size, int fps, RecorderSettings settings)
      throws IOException {
    RecorderChild child = new RecorderChild(label, command, settings.network(), Duration.ZERO);
    child.send(new Command.Prepare(size, fps, settings.proxy()));
    return child;
  }

  /**
   * Starts a recorder that does what its command line says; it is to be attended next.
   *
   * @param label one of the same label is ended first: two must not work in one folder
   */
  static RecorderChild working(String label, List<String> command, PageNetwork network)
      throws IOException {
    Leftovers.reap(label);
    return new RecorderChild(label, command, network, Duration.ZERO);
  }

  /** Sends a command; to a recorder that is gone it is lost, as the last event will tell. */
  public synchronized void send(Command command) {
    watchdog.told(command);
    try {
      commands.write(Json.LINES.writerFor(Command.class).writeValueAsString(command) + "\n");
      commands.flush();
    } catch (IOException e) {
      // It died: whoever follows it is about to see that.
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Ends it at once, with all that belongs to it; nothing more is written to its files. */
  public void kill() {
    process.destroyForcibly();
  }

  /**
   * Hands every event to the listener until the recorder has ended, and returns the last one. A
   * recorder that died is cleaned up after and its files are completed: also one that said nothing
   * for too long, which is ended, and one that broke before it came to its files.
   */
  public Event follow(Path folder, Consumer<Event> listener) throws InterruptedException {
    @Nullable Event last;
    int code;
    try (Watchdog watching = watchdog.watch(process)) {
      last =
          read(
              process,
              event -> {
                // A failure is told of when it is known to be the last word.
                Consumer<Event> hearer = event instanceof Event.Failed ? failure -> {} : listener;
                watching.hear(event, hearer);
              });
      code = process.waitFor();
    }
    reap();
    if (last == null) {
      String cause = watchdog.bit() ? "The recorder did not answer and was ended" : cause(code);
      Report.Failure failure = new Report.Failure(FailureCategory.INTERNAL, cause);
      return repair(label + "-repair", folder, failure, listener);
    }
    if (last instanceof Event.Failed failed) {
      boolean broke =
          failed.category() == FailureCategory.INTERNAL || code == RecorderProcess.BROKEN;
      if (broke && hasUnmadeFiles(folder)) {
        Report.Failure failure = new Report.Failure(failed.category(), failed.message());
        return repair(label + "-repair", folder, failure, listener);
      }
      listener.accept(last);
    }
    return last;
  }

  private static boolean hasUnmadeFiles(Path folder) {
    try {
      return ReportFile.find(folder).map(report -> !report.filesAreMade()).orElse(false);
    } catch (IOException | JacksonException e) {
      return true;
    }
  }

  /**
   * Hands every event to the listener; returns the last one when the recorder has ended and nothing
   * of it is left. If it died without a last word, that is one of category {@code INTERNAL}.
   */
  public Event attend(Consumer<Event> listener) {
    try {
      @Nullable Event last = read(process, listener);
      int code = process.waitFor();
      if (last == null) {
        last = new Event.Failed(FailureCategory.INTERNAL, cause(code), List.of());
        listener.accept(last);
      }
      reap();
      return last;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Event.Failed(FailureCategory.INTERNAL, "Nobody waits for it", List.of());
    }
  }

  /**
   * Completes the files in a folder whose recorder is gone, and returns the last event.
   *
   * @param label of the repairing process; one of the same label is ended first
   * @param cause why the recording failed; null when it was stopped in good order
   */
  public static Event repair(
      String label, Path folder, Report.@Nullable Failure cause, Consumer<Event> listener)
      throws InterruptedException {
    List<String> command = RecorderCommandLine.of(repairing(folder, cause));
    return repair(label, command, folder, cause, listener);
  }

  static List<String> repairing(Path folder, Report.@Nullable Failure cause) {
    return cause == null
        ? List.of("repair", folder.toString())
        : List.of("repair", folder.toString(), cause.category().name(), cause.message());
  }

  static Event repair(
      String label,
      List<String> command,
      Path folder,
      Report.@Nullable Failure cause,
      Consumer<Event> listener)
      throws InterruptedException {
    try {
      Leftovers.reap(label);
      Process repairer = spawn(label, command, PageNetwork.FREE);
      try (Watchdog watching = Watchdog.completing(Patience.DEFAULT).watch(repairer)) {
        @Nullable Event last = read(repairer, event -> watching.hear(event, listener));
        repairer.waitFor();
        if (last != null) {
          return last;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the repair of " + folder, e);
    }
    Event lost =
        new Event.Failed(
            FailureCategory.INTERNAL,
            (cause == null ? "Stopped" : cause.message()) + "; its files could not be completed",
            List.of());
    listener.accept(lost);
    return lost;
  }

  /**
   * Makes the videos of a class that is over, and returns the last event; started again on the same
   * folder it goes on with the parts that are done.
   *
   * @param label of the process; one of the same label is ended first
   */
  public static Event replay(String label, Path folder, Consumer<Event> listener)
      throws IOException {
    List<String> order = List.of("replay", folder.toString());
    return working(label, RecorderCommandLine.behind(order), PageNetwork.FREE).attend(listener);
  }

  private void reap() {
    try {
      Leftovers.reap(label);
    } catch (UncheckedIOException e) {
      // What cannot be removed must not keep the recording from being completed.
      System.err.println(e.getMessage());
    }
  }

  private static String cause(int code) {
    if (code == RecorderProcess.BROKEN) {
      return "The recorder had no memory left, or broke otherwise; its log says more";
    }
    return code > 128
        ? "The recorder was killed by signal " + (code - 128)
        : "The recorder ended with code " + code + " without a word";
  }

  private static Process spawn(String label, List<String> command, PageNetwork network)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(network.environment());
    builder.environment().put(Label.VARIABLE, label);
    // FFmpeg's and our own X clients run inside the recorder and read this when they connect.
    Path authority = Scratch.of(label).file("Xauthority");
    builder.environment().put("XAUTHORITY", authority.toString());
    // glibc gives every thread an arena of its own, which only grow.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }

  private static @Nullable Event read(Process process, Consumer<Event> listener) {
    @Nullable Event last = null;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Event event = Json.LINES.readValue(line, Event.class);
        listener.accept(event);
        if (event instanceof Event.Finished || event instanceof Event.Failed) {
          last = event;
        }
      }
    } catch (IOException | JacksonException e) {
      // Its pipe broke in the middle of a line: it was killed.
      process.destroyForcibly();
    }
    return last;
  }
}
