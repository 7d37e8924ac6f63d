package org.pagereel.recorder.session;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;

/**
 * The main class of a recorder process.
 *
 * <p>Without arguments it reads commands on stdin and writes events to stdout. With {@code repair
 * FOLDER CAUSE} it completes the files of a recorder that died, and reports in the same events.
 */
public final class RecorderProcess {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int BAD_START = 2;

  private RecorderProcess() {}

  public static void main(String[] arguments) {
    Events events = new Events(System.out);
    // Libraries that print must not break the protocol on stdout.
    System.setOut(System.err);
    int code = FAILED;
    try {
      code =
          arguments.length == 3 && arguments[0].equals("repair")
              ? Repair.run(Path.of(arguments[1]), arguments[2], events)
              : record(events);
    } catch (Throwable e) {
      events.send(
          new Event.Failed(FailureCategory.INTERNAL, "The recorder broke: " + e, List.of()));
    } finally {
      // Native threads of a hung library, and Playwright's own, must not keep the process.
      Runtime.getRuntime().halt(code);
    }
  }

  private static int record(Events events) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String first = in.readLine();
    if (first == null) {
      return BAD_START;
    }
    Recording recording;
    try {
      if (!(Json.LINES.readValue(first, Command.class) instanceof Command.Start start)) {
        throw new IllegalArgumentException("the first command must be start");
      }
      recording = new Recording(start.request(), events);
    } catch (IllegalArgumentException | NullPointerException | JacksonException e) {
      events.send(
          new Event.Failed(FailureCategory.USER, String.valueOf(e.getMessage()), List.of()));
      return BAD_START;
    }
    Thread.ofPlatform().daemon().name("commands").start(new CommandReader(in, recording, events));
    return recording.run() ? OK : FAILED;
  }
}
