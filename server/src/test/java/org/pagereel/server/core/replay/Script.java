package org.pagereel.server.core.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A board script under construction. */
final class Script {
  static final String TEACHER = "teacher";
  private final List<String> lines = new ArrayList<>();

  /** The actions as JSON objects, on the default board. */
  Script at(long millis, String... actions) {
    return at(millis, "#DEFAULT", actions);
  }

  Script at(long millis, String board, String[] actions) {
    lines.add(
        "{\"at\":%d,\"from\":\"%s\",\"seq\":%d,\"board\":\"%s\",\"actions\":[%s]}"
            .formatted(millis, TEACHER, lines.size() + 1, board, String.join(",", actions)));
    return this;
  }

  /** A line as it is. */
  Script raw(String line) {
    lines.add(line);
    return this;
  }

  Path write(Path file) throws IOException {
    return Files.write(file, lines);
  }
}
