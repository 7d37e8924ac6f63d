package org.pagereel.recorder.session;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.pagereel.recorder.wire.Event;
import org.pagereel.recorder.wire.Json;

/** Writes events, one line each. Thread-safe; a reader that is gone is not our death. */
final class Events {
  private final PrintStream out;

  Events(PrintStream out) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  synchronized void send(Event event) {
    out.print(Json.LINES.writeValueAsString(event) + "\n");
    out.flush();
  }
}
