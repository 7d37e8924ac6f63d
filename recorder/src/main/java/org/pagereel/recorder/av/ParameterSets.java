package org.pagereel.recorder.av;

import java.io.ByteArrayOutputStream;

/** The SPS and PPS at the head of an H.264 keyframe (Annex B: ITU-T H.264, annex B.1). */
public final class ParameterSets {
  private static final int SPS = 7;
  private static final int PPS = 8;

  private ParameterSets() {}

  /** Both with their start codes; empty when there are none. */
  public static byte[] of(byte[] keyframe) {
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    int at = next(keyframe, 0);
    while (at < keyframe.length) {
      int end = next(keyframe, at + 3);
      int type = at + 3 < keyframe.length ? keyframe[at + 3] & 0x1F : 0;
      if (type == SPS || type == PPS) {
        found.write(0); // a start code may have three bytes or four
        found.write(keyframe, at, trimmed(keyframe, at, end) - at);
      }
      at = end;
    }
    return found.toByteArray();
  }

  /** The place of the next start code 00 00 01, or the end. */
  private static int next(byte[] data, int from) {
    for (int i = from; i + 2 < data.length; i++) {
      if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
        return i;
      }
    }
    return data.length;
  }

  private static int trimmed(byte[] data, int from, int end) {
    int last = end;
    while (last > from + 3 && data[last - 1] == 0) {
      last--;
    }
    return last;
  }
}
