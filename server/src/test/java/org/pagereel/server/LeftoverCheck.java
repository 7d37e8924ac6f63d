package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.pagereel.recorder.child.Await;

/** What recordings of this machine have not taken down: processes, displays, folders. */
public final class LeftoverCheck {
  private LeftoverCheck() {}

  /** Fails unless all is gone within a few seconds. */
  public static void assertNothingLeft() {
    assertThat(Await.until(Duration.ofSeconds(10), () -> found().isEmpty()))
        .as("left: %s", found())
        .isTrue();
  }

  private static List<String> found() {
    Stream<String> processes =
        ProcessHandle.allProcesses()
            .map(process -> process.info().command().orElse(""))
            .filter(command -> command.matches(".*/(Xvfb|pulseaudio|chromium|chrome|node)$"));
    Stream<String> folders = names(Path.of("/tmp"), "pagereel-[a-z0-9-]+");
    Stream<String> displays = names(Path.of("/tmp/.X11-unix"), "X\\d+");
    return Stream.of(processes, folders, displays).flatMap(found -> found).toList();
  }

  private static Stream<String> names(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::toString)
          .filter(name -> name.substring(name.lastIndexOf('/') + 1).matches(pattern))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
