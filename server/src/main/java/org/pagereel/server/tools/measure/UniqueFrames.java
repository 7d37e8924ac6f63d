package org.pagereel.server.tools.measure;

import java.nio.file.Path;
import java.util.List;

/** Counts the pictures of a file that really differ from the one before. */
public final class UniqueFrames {
  private static final int COLUMNS = 192;
  private static final int ROWS = 108;

  /**
   * Grey levels that a cell must move by: more than the encoder's noise, less than a pen stroke.
   */
  private static final int STEP = 6;

  private UniqueFrames() {}

  /** Different pictures a second. */
  public static double perSecond(Path file) {
    double[] times = Decoded.pictureTimes(file);
    if (times.length < 2) {
      return 0;
    }
    List<byte[]> pictures = Decoded.grey(file, "iw:ih:0:0", COLUMNS, ROWS);
    int unique = 1;
    for (int i = 1; i < pictures.size(); i++) {
      unique += differ(pictures.get(i - 1), pictures.get(i)) ? 1 : 0;
    }
    return unique / (times[times.length - 1] - times[0]);
  }

  private static boolean differ(byte[] before, byte[] after) {
    for (int i = 0; i < before.length; i++) {
      if (Math.abs(Byte.toUnsignedInt(before[i]) - Byte.toUnsignedInt(after[i])) >= STEP) {
        return true;
      }
    }
    return false;
  }
}
