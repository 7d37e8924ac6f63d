package org.pagereel.recorder.media;

import java.time.Instant;
import org.pagereel.recorder.RecordingFailure;

/** Told what happens to a capture, from its own threads; must return quickly. */
public interface CaptureListener {
  /** The first packet of a recorded span is on disk; its frame was painted at this wall time. */
  void recording(Instant firstFrame);

  /** A slice is closed and safe on disk. */
  void sliceFinished(Slice slice);

  /** The capture cannot go on; it still wants to be stopped. */
  void failed(RecordingFailure failure);
}
