package org.pagereel.recorder.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.pagereel.recorder.wire.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Board messages that were too long and lie in files: action 40 names the address of one. */
final class BoardFiles {
  private static final long FILE_MESSAGE = 40;
  private static final long LARGEST = 20_000_000;

  private final Path folder;
  private final MediaFetch fetch;
  private final List<String> missing;

  /**
   * Looks into files when it is needed.
   *
   * @param folder where they are kept
   * @param missing is told of those that cannot be had
   */
  BoardFiles(Path folder, MediaFetch fetch, List<String> missing) {
    this.folder = folder;
    this.fetch = fetch;
    this.missing = missing;
  }

  /** The message itself, or those that its file holds. */
  List<JsonNode> whole(long seq, JsonNode data) throws IOException {
    JsonNode named = named(data);
    if (named.isMissingNode()) {
      return List.of(data);
    }
    String address = named.path("url").asString("");
    try {
      Path file = fetch.fetch(address, folder.resolve("message-" + seq + ".json"), LARGEST);
      if (Files.size(file) > LARGEST) {
        throw new IOException("it has more than %,d bytes".formatted(LARGEST));
      }
      JsonNode held = Json.LINES.readTree(Files.readString(file));
      return held.isArray()
          ? StreamSupport.stream(held.spliterator(), false).toList()
          : List.of(held);
    } catch (IOException | JacksonException e) {
      missing.add("message " + seq + " (" + address + "): " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }

  private static JsonNode named(JsonNode data) {
    if (data.path("action").asLong(0) == FILE_MESSAGE) {
      return data;
    }
    for (JsonNode action : data.path("value").path("actions")) {
      if (action.path("action").asLong(0) == FILE_MESSAGE) {
        return action;
      }
    }
    return data.path("");
  }
}
