package org.pagereel.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder and a file of somebody else in the system's temporary folder, with names like our own.
 * They lie there while tests run: whatever records, serves, replays or measures must leave them.
 */
final class Bystanders {
  private final List<Path> paths;

  private Bystanders(List<Path> paths) {
    this.paths = paths;
  }

  /** Puts them there; they go when this JVM ends. */
  static Bystanders place() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String name = "pagereel-x" + ProcessHandle.current().pid();
    try {
      Path folder = Files.createDirectories(temporary.resolve(name));
      // Deleted in reverse.
      folder.toFile().deleteOnExit();
      Path inside = Files.writeString(folder.resolve("kept"), "somebody's");
      Path file = Files.writeString(temporary.resolve(name + "-file"), "somebody's");
      inside.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return new Bystanders(List.of(folder, inside, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that are gone. */
  List<Path> missing() {
    return paths.stream().filter(path -> !Files.exists(path)).toList();
  }
}
