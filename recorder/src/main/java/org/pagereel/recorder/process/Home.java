package org.pagereel.recorder.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * Where this installation keeps what a recorder needs: browser wrapper, Playwright's driver, pages.
 */
public final class Home {
  private Home() {}

  public static Path browserWrapper() {
    return folder().resolve("recorder/bin/browser");
  }

  /** The fonts of a recorded page. */
  public static Path fonts() {
    return folder().resolve("recorder/bin/fonts.conf");
  }

  /** The pages that come with this installation. */
  public static Path pages() {
    return folder().resolve("record-page/pages");
  }

  public static Path playwrightDriver() {
    return folder().resolve("recorder/target/playwright");
  }

  /** The browser itself: {@code PAGEREEL_BROWSER}, else Debian's Chromium. */
  public static Path browser() {
    String named = System.getenv("PAGEREEL_BROWSER");
    if (named != null && !named.isEmpty()) {
      return executable(Path.of(named))
          .orElseThrow(
              () -> missing("PAGEREEL_BROWSER is " + named + ", which is no executable file"));
    }
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(folder -> Stream.of(Path.of(folder, "chromium")))
        .flatMap(path -> executable(path).stream())
        .findFirst()
        .orElseThrow(() -> missing("No chromium in the PATH"));
  }

  private static Optional<Path> executable(Path path) {
    return Files.isExecutable(path) && !Files.isDirectory(path)
        ? Optional.of(path)
        : Optional.empty();
  }

  private static RecordingFailure missing(String what) {
    return new RecordingFailure(
        FailureCategory.INTERNAL, what + ". Run ./pagereel doctor to see what is missing.");
  }

  private static Path folder() {
    return Path.of(System.getProperty("pagereel.home", "."));
  }
}
