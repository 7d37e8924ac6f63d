package org.pagereel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.pagereel.recorder.process.Await;
import org.pagereel.recorder.process.Scratch;

/**
 * What recordings have not taken down: processes, displays, folders. Only what is younger than this
 * test run counts: what an earlier one left when it was killed says nothing about this code.
 */
public final class LeftoverCheck {
  private static final Instant BEGINNING =
      ProcessHandle.current().info().startInstant().orElseThrow();

  /** What an earlier check has told of: one fault fails one test, not all behind it. */
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private static final Bystanders BYSTANDERS = Bystanders.place();

  private LeftoverCheck() {}

  /** Fails unless ours is gone within a few seconds, and what is not ours is still there. */
  public static void assertNothingLeft() {
    assertThat(BYSTANDERS.missing()).as("deleted, and not ours").isEmpty();
    Await.until(Duration.ofSeconds(10), () -> found().isEmpty());
    List<String> left = found();
    TOLD.addAll(left);
    assertThat(left).as("left").isEmpty();
  }

  private static List<String> found() {
    Stream<String> processes =
        ProcessHandle.allProcesses()
            .filter(process -> isOurs(process.info().startInstant().orElse(BEGINNING)))
            .map(process -> process.info().command().orElse("") + " " + process.pid())
            .filter(it -> it.matches(".*/(Xvfb|pulseaudio|chromium|chrome|node) \\d+$"));
    Stream<String> folders = names(Scratch.root(), ".*");
    Stream<String> displays = names(Path.of("/tmp/.X11-unix"), "X\\d+");
    return Stream.of(processes, folders, displays)
        .flatMap(found -> found)
        .filter(found -> !TOLD.contains(found))
        .toList();
  }

  private static Stream<String> names(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(path -> path.getFileName().toString().matches(pattern) && isOurs(changed(path)))
          .map(Path::toString)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant changed(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH; // it went while we looked
    }
  }

  private static boolean isOurs(Instant beginning) {
    return !beginning.isBefore(BEGINNING);
  }
}
