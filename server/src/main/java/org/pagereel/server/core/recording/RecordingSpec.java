package org.pagereel.server.core.recording;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.SlicingSpec;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.StreamsPlan;

/**
 * What a client has asked to record, and how: the same for every attempt.
 *
 * @param streams each participant's stream is recorded too; null for the page alone
 */
public record RecordingSpec(
    PageSpec page,
    PictureSpec picture,
    SoundProfile sound,
    @Nullable StreamsPlan streams,
    Limits limits) {

  /**
   * When a recording ends by itself.
   *
   * @param maxDuration after this much wall time, pauses left out
   * @param maxPause and after a pause of this much; null for any
   */
  public record Limits(Duration maxDuration, @Nullable Duration maxPause) {}

  /**
   * What one recorder is told.
   *
   * @throws IllegalArgumentException names the field, its value and what is allowed
   */
  public RecordingRequest request(String id, Attempt attempt, Path folder) {
    return new RecordingRequest(
        id, page, picture, sound, SlicingSpec.DEFAULT, streams, attempt, folder);
  }
}
