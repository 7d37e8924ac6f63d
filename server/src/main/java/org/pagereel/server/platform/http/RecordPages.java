package org.pagereel.server.platform.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The pages of module record-page, at {@code /record-page/}: public, and the same for everybody.
 */
public final class RecordPages {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "json", "application/json");

  private final Path folder;

  public RecordPages(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** {@code GET /record-page/<path>}. */
  public void serve(Context context) throws IOException {
    String path = context.pathParam("path");
    Path file = folder.resolve(path).normalize();
    if (file.startsWith(folder) && Files.isDirectory(file)) {
      if (!context.path().endsWith("/")) {
        context.redirect(context.path() + "/");
        return;
      }
      file = file.resolve("index.html");
    }
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      throw new ApiError(404, 404, "No such page: " + path);
    }
    String name = file.getFileName().toString();
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
    context.header("Cache-Control", "no-cache");
    context.contentType(type).result(Files.newInputStream(file));
  }
}
