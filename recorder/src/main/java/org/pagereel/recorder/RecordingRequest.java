package org.pagereel.recorder;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one recorder is to record and how. Each part checks its own numbers, once, for every face.
 *
 * @param id names the recording in labels and folders: 1 to 40 letters, digits, {@code -} and
 *     {@code _}
 * @param streams each participant's stream is recorded too; null for the page alone
 * @param folder gets slices, playlist, MP4 and report
 */
public record RecordingRequest(
    String id,
    PageSpec page,
    PictureSpec picture,
    SoundProfile sound,
    SlicingSpec slicing,
    @Nullable StreamsPlan streams,
    Attempt attempt,
    Path folder) {

  public RecordingRequest {
    if (!id.matches("[A-Za-z0-9_-]{1,40}")) {
      throw new IllegalArgumentException(
          "id is '" + id + "'; allowed are 1 to 40 letters, digits, - and _");
    }
  }

  /** The page alone, in stereo, cut as usual, by one attempt that begins when the page is ready. */
  public static RecordingRequest of(String id, PageSpec page, PictureSpec picture, Path folder) {
    return new RecordingRequest(
        id, page, picture, SoundProfile.STEREO, SlicingSpec.DEFAULT, null, Attempt.ONLY, folder);
  }
}
