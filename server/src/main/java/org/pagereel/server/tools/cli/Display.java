package org.pagereel.server.tools.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.pagereel.recorder.PlainText;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.wire.Event;

/** Shows a recording's events to a person: one living line on a terminal, plain lines elsewhere. */
final class Display {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final RecordingRequest request;
  private final boolean terminal;
  private final PrintStream out;

  private Display(RecordingRequest request, boolean terminal, PrintStream out) {
    this.request = request;
    this.terminal = terminal;
    this.out = out;
  }

  static Display of(RecordingRequest request) {
    Display display = new Display(request, isTerminal(), System.out);
    display.line("Opening " + request.page().url());
    return display;
  }

  // JDK 22 to 24 always gave a console; 25 gives none again without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  void show(Event event) {
    switch (event) {
      case Event.Prepared prepared -> {}
      case Event.Ready ready ->
          line("Ready after %.1f s (%s)".formatted(ready.tookSeconds(), ready.signal()));
      case Event.Recording recording ->
          line(
              "Recording %s at up to %d fps%s"
                  .formatted(request.page().size(), request.picture().fps(), hint()));
      case Event.Paused paused -> line("Paused");
      case Event.Completing(double done) -> living("Completing %.0f %%".formatted(done * 100));
      case Event.Slice slice ->
          line(
              "  %s  %.1f s  %s"
                  .formatted(slice.file(), slice.durationSeconds(), size(slice.bytes())));
      case Event.Progress progress -> living(status(progress));
      case Event.Warning warning ->
          line("Note: %s: %s".formatted(warning.kind(), warning.message()));
      case Event.Left left -> {} // its warning says so
      case Event.Finishing finishing -> line("Finishing …");
      case Event.Finished finished -> {
        line("Recorded %s in %s".formatted(clock(finished.durationSeconds()), request.folder()));
        finished.videos().forEach(this::video);
      }
      case Event.Failed failed -> {
        error("Failed: " + failed.message());
        if (!failed.videos().isEmpty()) {
          line("What was recorded before is complete in %s".formatted(request.folder()));
          failed.videos().forEach(this::video);
        }
      }
    }
  }

  private String hint() {
    return terminal ? "; Ctrl-C finishes" : "";
  }

  private void video(String name) {
    Path file = request.folder().resolve(name);
    line("  %s  %s".formatted(file, size(file.toFile().length())));
  }

  private void living(String text) {
    if (terminal) {
      out.print(CLEAR_LINE + PlainText.of(text));
      out.flush();
    }
  }

  private static String status(Event.Progress progress) {
    return "● %s   %d slices   %s   %.0f fps   %d dropped"
        .formatted(
            clock(progress.durationSeconds()),
            progress.slices(),
            size(progress.bytes()),
            progress.framesPerSecond(),
            progress.dropped());
  }

  private void line(String text) {
    out.println((terminal ? CLEAR_LINE : "") + PlainText.of(text));
  }

  private void error(String text) {
    out.print(terminal ? CLEAR_LINE : "");
    out.flush();
    System.err.println(PlainText.of(text));
  }

  static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%02d:%02d".formatted(whole / 60, whole % 60)
        : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
  }

  static String size(long bytes) {
    return bytes < 1_000_000
        ? "%d kB".formatted(Math.round(bytes / 1e3))
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
