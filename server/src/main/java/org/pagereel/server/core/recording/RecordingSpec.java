package org.pagereel.server.core.recording;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pagereel.recorder.Attempt;
import org.pagereel.recorder.PageSpec;
import org.pagereel.recorder.PictureSpec;
import org.pagereel.recorder.RecordingRequest;
import org.pagereel.recorder.ShownAddress;
import org.pagereel.recorder.SlicingSpec;
import org.pagereel.recorder.SoundProfile;
import org.pagereel.recorder.StreamsPlan;
import org.pagereel.server.platform.node.Demand;
import org.pagereel.server.platform.node.DiskAccount;

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

  /** Sound at its best, and what the stream's form adds to both. */
  private static final int SOUND_KBPS = 300;

  /**
   * When a recording ends by itself.
   *
   * @param maxDuration after this much wall time, pauses left out
   * @param maxPause and after a pause of this much; null for any
   */
  public record Limits(Duration maxDuration, @Nullable Duration maxPause) {}

  /**
   * What it may need of a machine.
   *
   * @param face and scope: other clients record other pages
   */
  Demand demand(String face, String scope) {
    int kbps = picture.bitrateKbps() + SOUND_KBPS;
    int copies = streams == null ? 1 : streams.mix() == null ? 2 : 4;
    String kind =
        "%s %s %s %s@%d%s"
            .formatted(
                face,
                scope,
                ShownAddress.of(page.url()),
                page.size(),
                picture.fps(),
                streams == null ? "" : " streams");
    return new Demand(
        kind, page.size(), picture.fps(), new DiskAccount.Appetite(kbps * 125L, copies));
  }

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
