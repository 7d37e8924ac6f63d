package org.pagereel.recorder.replay;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.StreamFiles.Kind;
import org.pagereel.recorder.folder.ClassEvent;

/**
 * A file that a participant's stream was recorded to.
 *
 * @param place of its event among those of the class
 * @param kind {@code CAMERA}, or {@code SCREEN} for a shared screen or a film
 * @param startMillis its beginning, Unix milliseconds; 0 for none
 * @param clockMillis its beginning on the participant's own clock, which counts if it is near the
 *     other one; null for none
 * @param bytes its size as it says; 0 if it does not say
 */
record ClassVideo(
    long place,
    String userId,
    Kind kind,
    long startMillis,
    @Nullable Long clockMillis,
    long bytes,
    String url) {

  /** Farther from a file's start its media cannot begin: then the number means something else. */
  private static final long NEAR_MILLIS = 120_000;

  static ClassVideo of(long place, ClassEvent.Video event) {
    return new ClassVideo(
        place,
        event.user(),
        event.screen() ? Kind.SCREEN : Kind.CAMERA,
        event.startMillis(),
        event.clockMillis(),
        event.bytes(),
        event.url());
  }

  /** By what people call it. */
  String title() {
    return kind.name().toLowerCase(Locale.ROOT) + " of " + userId + " (" + url + ")";
  }

  /**
   * Unix milliseconds of its first picture: by the participant's clock where that is known and near
   * the file's start, else the file's start.
   */
  long wall(SenderClocks clocks) {
    long mapped = clockMillis == null ? 0 : clocks.wall(userId, place, clockMillis).orElse(0);
    return isNear(mapped) ? mapped : startMillis;
  }

  /** Also when the file's own start is not said. */
  private boolean isNear(long instant) {
    return instant > 1_000_000_000_000L
        && (startMillis == 0 || Math.abs(instant - startMillis) < NEAR_MILLIS);
  }
}
