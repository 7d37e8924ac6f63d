package org.pagereel.server.tools.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.pagereel.recorder.PlainText;
import org.pagereel.recorder.wire.Event;

/** Shows a person how far a replay is: a bar on a terminal, lines elsewhere. */
final class ReplayDisplay {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int BAR = 40;
  private static final double LINE_EVERY = 0.1;

  private final Path folder;
  private final PrintStream out = System.out;
  private final boolean terminal = Display.isTerminal();
  private final Instant began = Instant.now();
  private double lined;

  ReplayDisplay(Path folder) {
    this.folder = folder;
    out.println("Replaying " + folder);
  }

  void show(Event event) {
    switch (event) {
      case Event.Completing(double done) -> progress(done);
      case Event.Warning warning ->
          line("Note: %s: %s".formatted(warning.kind(), warning.message()));
      case Event.Failed failed -> {
        line("");
        System.err.println("Failed: " + PlainText.of(failed.message()));
      }
      default -> {} // what recordings tell
    }
  }

  private void progress(double done) {
    if (terminal) {
      int full = (int) Math.round(done * BAR);
      String bar = "█".repeat(full) + "░".repeat(BAR - full);
      out.print(CLEAR_LINE + "%s %3.0f %%  %s".formatted(bar, done * 100, left(done)));
      out.flush();
    } else if (done - lined >= LINE_EVERY) {
      lined = done;
      out.println("%3.0f %%".formatted(done * 100));
    }
  }

  private String left(double done) {
    double seconds = Duration.between(began, Instant.now()).toMillis() / 1000.0;
    return done < 0.05 || seconds < 3 ? "" : Display.clock(seconds * (1 - done) / done) + " left";
  }

  void finished(Event.Finished finished, List<Path> videos) {
    double took = Math.max(1, Duration.between(began, Instant.now()).toMillis()) / 1000.0;
    line(
        "Replayed %s of %s in %s, %.1f times as fast as it was"
            .formatted(
                Display.clock(finished.durationSeconds()),
                folder.getFileName(),
                Display.clock(took),
                finished.durationSeconds() / took));
    videos.forEach(file -> line("  %s  %s".formatted(file, Display.size(file.toFile().length()))));
  }

  private void line(String text) {
    out.println((terminal ? CLEAR_LINE : "") + PlainText.of(text));
  }
}
