package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Board messages that were too long to be sent, and lie in files. */
final class BoardFiles {
  private static final long LARGEST = 2_000_000;
  private static final int MOST = 1_000;

  private final Path folder;
  private final MediaFetch fetch;
  private final List<String> missing;
  private int asked;

  /**
   * Looks into files when it is needed.
   *
   * @param folder keeps the files
   * @param missing is told of those that cannot be had
   */
  BoardFiles(Path folder, MediaFetch fetch, List<String> missing) {
    this.folder = folder;
    this.fetch = fetch;
    this.missing = missing;
  }

  /**
   * The messages in a file; none if it cannot be had.
   *
   * @param message the number of the message that names the file
   */
  List<JsonNode> held(long message, String address) {
    try {
      if (++asked > MOST) {
        throw new IOException("a class has at most " + MOST + " such files");
      }
      Path target = folder.resolve(FetchedFileName.after("message-", address));
      Path file = fetch.fetch(address, target, LARGEST);
      if (Files.size(file) > LARGEST) {
        throw new IOException("it has more than %,d bytes".formatted(LARGEST));
      }
      JsonNode held = Json.LINES.readTree(Files.readAllBytes(file));
      return held.isArray() ? held.valueStream().toList() : List.of(held);
    } catch (IOException | JacksonException e) {
      missing.add("message " + message + " (" + address + "): " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }
}
