package org.pagereel.recorder.slices;

import java.time.Instant;
import org.pagereel.recorder.RecordingFailure;

/** Told what reached the disk, from threads of the recording; must return quickly. */
public interface SliceListener {
  /** The first packet of a recorded span is on disk; its frame was painted at this wall time. */
  void recording(Instant firstFrame);

  /** A slice is closed and safe on disk. */
  void sliceFinished(Slice slice);

  /** A slice cannot be made safe; the recording cannot go on. */
  void failed(RecordingFailure failure);
}
