package org.pagereel.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of recordings over HTTP, with ranges; a playlist is playable while it grows. */
public final class RecordingFiles {
  private static final Pattern FILE = Pattern.compile("page(-\\d+)*\\.(m3u8|ts|mp4)");

  /** Says whether a request may see a recording, by the token of some face. */
  public interface Gate {
    boolean opens(Context context, String recordingId);
  }

  private final Path folder;
  private final SignedLinks links;
  private final Gate gate;

  public RecordingFiles(Path folder, SignedLinks links, Gate gate) {
    this.folder = folder;
    this.links = links;
    this.gate = gate;
  }

  /** {@code GET /recordings/{id}/{file}}, with a signed link's query or a token. */
  public void serve(Context context) throws IOException {
    String id = context.pathParam("id");
    String name = context.pathParam("file");
    boolean signed =
        links.opens(id, context.queryParam("e"), context.queryParam("s"), Instant.now());
    if (!signed && !gate.opens(context, id)) {
      throw new ApiError(401, 401, "Neither a valid link nor a token of the recording's app");
    }
    Path file = folder.resolve(id).resolve(name);
    if (!id.matches("[A-Za-z0-9]{1,40}")
        || !FILE.matcher(name).matches()
        || !Files.isRegularFile(file)) {
      throw new ApiError(404, 404, "No such file: " + id + "/" + name);
    }
    if (name.endsWith(".m3u8")) {
      context.header("Cache-Control", "no-cache");
      context.contentType("application/vnd.apple.mpegurl");
      String text = Files.readString(file);
      context.result(signed ? signed(text, context.queryString()) : text);
    } else {
      String type = name.endsWith(".ts") ? "video/mp2t" : "video/mp4";
      FileRange.send(context, file, type);
    }
  }

  /** Players ask for slices without the playlist's query. */
  private static String signed(String playlist, @Nullable String query) {
    return playlist
        .lines()
        .map(line -> line.isEmpty() || line.startsWith("#") ? line : line + "?" + query)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
