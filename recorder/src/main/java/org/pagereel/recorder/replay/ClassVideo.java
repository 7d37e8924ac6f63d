package org.pagereel.recorder.replay;

import java.util.Locale;
import java.util.Optional;
import org.pagereel.recorder.StreamFiles.Kind;
import tools.jackson.databind.JsonNode;

/**
 * A file that a participant's stream was recorded to: a message of type 1004
 * (docs/vendors/tencent.md, "Class protocol", "Time stamps").
 *
 * @param kind {@code CAMERA}, or {@code SCREEN} for a shared screen or a film
 * @param start its beginning, as it says: seconds or milliseconds of Unix time, or milliseconds of
 *     the participant's own clock
 * @param secondStart the other one of the two that a message has; 0 for none
 * @param bytes its size as it says; 0 if it does not say
 */
record ClassVideo(
    long seq, String userId, Kind kind, double start, double secondStart, long bytes, String url) {
  private static final long VIDEO = 1004;

  /** Farther from a file's start its media cannot begin: then the number means something else. */
  private static final long NEAR_MILLIS = 120_000;

  private static final String SCREEN_PREFIX = "tic_substream_";

  static Optional<ClassVideo> of(long seq, JsonNode data) {
    if (data.path("type").asLong(0) != VIDEO) {
      return Optional.empty();
    }
    JsonNode value = data.path("value");
    String user = value.path("uid").asString("");
    boolean screen = user.startsWith(SCREEN_PREFIX);
    String kind = value.path("kind").asString(screen ? "screen" : "camera");
    return Optional.of(
        new ClassVideo(
            seq,
            screen ? user.substring(SCREEN_PREFIX.length()) : user,
            kind.toLowerCase(Locale.ROOT).equals("camera") ? Kind.CAMERA : Kind.SCREEN,
            value.path("media_start_time").asDouble(0),
            value.path("start_time").asDouble(0),
            value.path("file_size").asLong(0),
            value.path("video_url").asString("")));
  }

  /** By what people call it. */
  String title() {
    return kind.name().toLowerCase(Locale.ROOT) + " of " + userId + " (" + url + ")";
  }

  /**
   * Unix milliseconds of its first picture: where the message says when the media begin, and that
   * is an instant near the file's start, that counts; else the file's start.
   */
  long wall(SenderClocks clocks) {
    long file = unixMillis(secondStart);
    long media = unixMillis(start);
    if (isNear(media, file)) {
      return media;
    }
    long mapped = clocks.wall(userId, seq, Math.round(start)).orElse(0);
    return start > 0 && isNear(mapped, file) ? mapped : file;
  }

  /** Seconds of this century are below 1e11, milliseconds above. */
  private static long unixMillis(double time) {
    return Math.round(time > 1e11 ? time : time * 1000);
  }

  /** Also when the file's own start is not said. */
  private static boolean isNear(long instant, long file) {
    return instant > 1_000_000_000_000L && (file == 0 || Math.abs(instant - file) < NEAR_MILLIS);
  }
}
