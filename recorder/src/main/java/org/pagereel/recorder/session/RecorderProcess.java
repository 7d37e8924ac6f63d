package org.pagereel.recorder.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.PageSize;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.process.RunningFirst;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;

/**
 * The main class of a recorder process.
 *
 * <p>Without arguments it reads commands on stdin and writes events to stdout; {@code prepare} may
 * come before {@code start}, so that a recorder waits warm. With {@code repair FOLDER CATEGORY
 * CAUSE} it completes the files of a recorder that died, and reports in the same events. With
 * {@code replay FOLDER PROXY} it makes the videos of a class that is over.
 *
 * <p>Its exit code is 0 when all went well, 1 after a failure that it has told of, 2 when it could
 * not begin, and {@link #BROKEN}.
 */
public final class RecorderProcess {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int BAD_START = 2;

  /**
   * Something broke that is no known failure: what it left is to be completed as after its death.
   * The JVM itself ends with this code when its heap is full ({@code ExitOnOutOfMemoryError}).
   */
  public static final int BROKEN = 3;

  private RecorderProcess() {}

  public static void main(String[] arguments) {
    Events events = new Events(System.out);
    // Libraries that print must not break the protocol on stdout.
    System.setOut(System.err);
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> threadEnded(thread, e, events));
    int code = BROKEN;
    try {
      code = arguments.length > 1 ? run(arguments, events) : record(events);
    } catch (Throwable e) {
      sayBroken(e, events);
    } finally {
      // Native threads of a hung library, and Playwright's own, must not keep the process.
      Runtime.getRuntime().halt(code);
    }
  }

  /** Without this thread the recorder may only seem to record, or be deaf. */
  private static void threadEnded(Thread thread, Throwable e, Events events) {
    if (e instanceof Error) {
      try {
        sayBroken(e, events);
      } finally {
        Runtime.getRuntime().halt(BROKEN);
      }
    }
    System.err.println("Thread " + thread.getName() + " ended: " + e);
    e.printStackTrace();
  }

  private static void sayBroken(Throwable e, Events events) {
    e.printStackTrace();
    events.send(new Event.Failed(FailureCategory.INTERNAL, "The recorder broke: " + e, List.of()));
  }

  private static int run(String[] arguments, Events events) throws InterruptedException {
    Path folder = Path.of(arguments[1]);
    return switch (arguments[0]) {
      case "repair" ->
          switch (arguments.length) {
            case 2 -> Repair.run(folder, null, events);
            case 4 -> Repair.run(folder, failure(arguments[2], arguments[3]), events);
            default -> BAD_START;
          };
      case "replay" -> Replay.run(folder, arguments.length > 2 ? arguments[2] : null, events);
      default -> BAD_START;
    };
  }

  private static Report.Failure failure(String category, String message) {
    return new Report.Failure(FailureCategory.valueOf(category), message);
  }

  private static int record(Events events) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    @Nullable Stage stage = null;
    RunningFirst.stayBehind();
    try {
      @Nullable Command first = next(in);
      if (first instanceof Command.Prepare(PageSize size, int fps, String proxy)) {
        stage = Stage.set(size, fps, proxy);
        events.send(new Event.Prepared());
        first = next(in);
      }
      if (first == null) {
        return stage == null ? BAD_START : OK; // not needed after all
      }
      if (!(first instanceof Command.Start start)) {
        throw new IllegalArgumentException("the first command must be start");
      }
      RecordingAttempt recording = new RecordingAttempt(start.request(), events);
      Thread.ofPlatform().daemon().name("commands").start(new CommandReader(in, recording, events));
      Stage set = stage;
      stage = null; // the recording closes it
      return recording.run(set) ? OK : FAILED;
    } catch (IllegalArgumentException | NullPointerException | JacksonException e) {
      // What a request's part says is wrong with it, and not where Jackson met it.
      Throwable wrong = e.getCause() instanceof IllegalArgumentException cause ? cause : e;
      events.send(
          new Event.Failed(FailureCategory.USER, String.valueOf(wrong.getMessage()), List.of()));
      return BAD_START;
    } catch (RecordingFailure e) {
      events.send(Event.Failed.of(e, List.of()));
      return FAILED;
    } finally {
      if (stage != null) {
        stage.close();
      }
    }
  }

  private static @Nullable Command next(BufferedReader in) throws IOException {
    String line = in.readLine();
    return line == null ? null : Json.LINES.readValue(line, Command.class);
  }
}
