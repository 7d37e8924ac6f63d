package org.pagereel.server.faces.classes;

import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.folder.ClassEvent;
import tools.jackson.databind.JsonNode;

/**
 * A message about a file that a participant's stream was recorded to: type 1004
 * (docs/vendors/tencent.md, "Class protocol", "Time stamps").
 */
final class VideoMessage {
  /** Farther from a file's start its media cannot begin: then the number means something else. */
  private static final long NEAR_MILLIS = 120_000;

  /** The user of a shared screen is this and the user who shares it. */
  private static final String SCREEN_PREFIX = "tic_substream_";

  private VideoMessage() {}

  /**
   * The event of which it tells. Where it says when the media begin, and that is an instant near
   * the file's start, that counts. Otherwise it may be a time of the participant's own clock.
   *
   * @param value what is in the message's {@code value}
   */
  static ClassEvent.Video event(long seq, JsonNode value) {
    String user = value.path("uid").asString("");
    boolean isScreen = user.startsWith(SCREEN_PREFIX);
    String kind = value.path("kind").asString(isScreen ? "screen" : "camera");
    long file = unixMillis(value.path("start_time").asDouble(0));
    double mediaStart = value.path("media_start_time").asDouble(0);
    long media = unixMillis(mediaStart);
    boolean isInstant = isNear(media, file);
    @Nullable Long clock = isInstant || !(mediaStart > 0) ? null : Math.round(mediaStart);
    return new ClassEvent.Video(
        seq,
        isScreen ? user.substring(SCREEN_PREFIX.length()) : user,
        !kind.equalsIgnoreCase("camera"),
        isInstant ? media : file,
        clock,
        value.path("file_size").asLong(0),
        value.path("video_url").asString(""));
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
