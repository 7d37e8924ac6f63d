package org.pagereel.server.core.files;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The recordings and uploads that are being read or written: nobody deletes their files meanwhile.
 */
public final class Transfers {
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /** To be followed by {@link #end}. */
  public void begin(String recordingId) {
    open.merge(recordingId, 1, Integer::sum);
  }

  public void end(String recordingId) {
    open.compute(recordingId, (ignored, count) -> count == null || count == 1 ? null : count - 1);
  }

  /**
   * Does something with the recording's files while none is on its way and none can begin to be.
   *
   * @return false when one is: then nothing was done
   */
  public boolean whenNone(String recordingId, Runnable action) {
    boolean[] done = new boolean[1];
    // The map holds off begin() for this recording until the action is over.
    open.compute(
        recordingId,
        (ignored, count) -> {
          if (count == null) {
            action.run();
            done[0] = true;
          }
          return count;
        });
    return done[0];
  }
}
