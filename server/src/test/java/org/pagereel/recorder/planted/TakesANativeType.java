package org.pagereel.recorder.planted;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Two violations that ArchitectureTest must see. */
public final class TakesANativeType {
  public TakesANativeType(AVFrame frame) {}

  public void take(AVFrame frame) {}
}
