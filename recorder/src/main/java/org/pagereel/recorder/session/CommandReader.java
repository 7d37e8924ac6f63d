package org.pagereel.recorder.session;

import java.io.BufferedReader;
import java.io.IOException;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.wire.Command;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;

/** Reads commands until stdin ends, which means that the parent is gone. */
final class CommandReader implements Runnable {
  private final BufferedReader in;
  private final RecordingAttempt recording;
  private final Events events;

  CommandReader(BufferedReader in, RecordingAttempt recording, Events events) {
    this.in = in;
    this.recording = recording;
    this.events = events;
  }

  @Override
  public void run() {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        obey(line);
      }
    } catch (IOException e) {
      events.send(new Event.Warning("command", "stdin broke: " + e.getMessage()));
    }
    recording.stop(Event.End.ORDER); // the parent is gone: finish what there is
  }

  private void obey(String line) {
    try {
      switch (Json.LINES.readValue(line, Command.class)) {
        case Command.Confirm() -> recording.confirm();
        case Command.Release() -> recording.release();
        case Command.Pause() -> recording.pause();
        case Command.Resume() -> recording.resume();
        case Command.Leave(long bytes) -> recording.leave(bytes);
        case Command.Stop() -> recording.stop(Event.End.ORDER);
        case Command.Prepare ignored ->
            events.send(new Event.Warning("command", "prepare: this recording has started"));
        case Command.Start ignored ->
            events.send(new Event.Warning("command", "start: this recording has started"));
      }
    } catch (RecordingFailure e) {
      events.send(new Event.Warning("command", line + ": " + e.getMessage()));
    } catch (RuntimeException e) {
      events.send(
          new Event.Warning(
              "command",
              "not understood: "
                  + line
                  + "; expected {\"command\":\"confirm|release|pause|resume|stop\"}"));
    }
  }
}
