package org.pagereel.server.faces.files;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.pagereel.server.core.files.FileStore;
import org.pagereel.server.core.files.StoredFile;
import org.pagereel.server.core.files.Transfers;
import org.pagereel.server.core.recording.Recording;
import org.pagereel.server.core.recording.RecordingStore;
import org.pagereel.server.platform.http.ApiError;
import org.pagereel.server.platform.http.FileRange;
import org.pagereel.server.platform.http.SignedLinks;

/** The files of recordings over HTTP, with ranges; a playlist is playable while it grows. */
public final class RecordingFiles {
  private static final Pattern FILE =
      Pattern.compile("(page|stream|mix)(-\\d+)*\\.(m3u8|ts|mp4|mp3)");

  /** Says whether a request may see a recording, by the token of the recording's face. */
  public interface Gate {
    boolean opens(Context context, Recording recording);
  }

  private final Jdbi jdbi;
  private final FileStore files;
  private final SignedLinks links;
  private final Gate gate;
  private final Transfers transfers;
  private final Predicate<String> deleted;
  private final Function<String, Optional<Set<String>>> made;
  private final InstantSource clock;

  /**
   * Serves files.
   *
   * @param transfers gets every file that is being sent
   * @param deleted whether the files of a recording were deleted because their time was over
   * @param made names of the files that a replay made, which are all of its folder that anybody
   *     gets; empty for what is no replay
   */
  public RecordingFiles(
      Jdbi jdbi,
      FileStore files,
      SignedLinks links,
      Gate gate,
      Transfers transfers,
      Predicate<String> deleted,
      Function<String, Optional<Set<String>>> made,
      InstantSource clock) {
    this.clock = clock;
    this.jdbi = jdbi;
    this.files = files;
    this.links = links;
    this.gate = gate;
    this.transfers = transfers;
    this.deleted = deleted;
    this.made = made;
  }

  /** {@code GET /recordings/{id}/{file}}, with a signed link's query or a token. */
  public void serve(Context context) throws IOException {
    String id = context.pathParam("id");
    String name = context.pathParam("file");
    boolean signed =
        links.opens(id, context.queryParam("e"), context.queryParam("s"), clock.instant());
    if (!signed && !opens(context, id)) {
      throw new ApiError(401, 401, "Neither a valid link nor a token of the recording's app");
    }
    if (!id.matches("[A-Za-z0-9]{1,40}") || !isOffered(id, name)) {
      throw noSuchFile(id, name);
    }
    transfers.begin(id);
    boolean sending = false;
    try {
      sending = send(context, id, name, signed);
    } finally {
      if (!sending) {
        transfers.end(id);
      }
    }
  }

  private boolean opens(Context context, String id) {
    return jdbi.withHandle(handle -> RecordingStore.find(handle, id))
        .filter(recording -> gate.opens(context, recording))
        .isPresent();
  }

  private boolean isOffered(String id, String name) {
    return made.apply(id)
        .map(names -> names.contains(name))
        .orElseGet(() -> FILE.matcher(name).matches());
  }

  /** True when the file's transfer ends with its stream, and false when it is over already. */
  private boolean send(Context context, String id, String name, boolean signed) throws IOException {
    StoredFile file =
        files
            .open(id, name)
            .orElseThrow(() ->
                deleted.test(id)
                    ? new ApiError(
                        410,
                        410,
                        "The files of " + id + " were deleted when their time was over (keep)")
                    : noSuchFile(id, name));
    boolean sending = false;
    try {
      sending = send(context, file, id, name, signed);
      return sending;
    } finally {
      if (!sending) {
        file.close();
      }
    }
  }

  private boolean send(Context context, StoredFile file, String id, String name, boolean signed)
      throws IOException {
    if (name.endsWith(".m3u8")) {
      context.header("Cache-Control", "no-cache");
      context.contentType("application/vnd.apple.mpegurl");
      String text = new String(file.from(0).readAllBytes(), StandardCharsets.UTF_8);
      context.result(signed ? signed(text, context.queryString()) : text);
      return false;
    }
    String type =
        switch (name.substring(name.lastIndexOf('.'))) {
          case ".ts" -> "video/mp2t";
          case ".mp3" -> "audio/mpeg";
          default -> "video/mp4";
        };
    return FileRange.send(context, file.size(), file::from, type, () -> transfers.end(id));
  }

  private static ApiError noSuchFile(String id, String name) {
    return new ApiError(404, 404, "No such file: " + id + "/" + name);
  }

  /** Players ask for slices without the playlist's query. */
  private static String signed(String playlist, @Nullable String query) {
    return playlist
        .lines()
        .map(line -> line.isEmpty() || line.startsWith("#") ? line : line + "?" + query)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
