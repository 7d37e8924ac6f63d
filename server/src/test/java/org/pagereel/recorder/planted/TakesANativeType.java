package org.pagereel.recorder.planted;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A violation that ArchitectureTest must see. */
public final class TakesANativeType {
  public void take(AVFrame frame) {}
}
