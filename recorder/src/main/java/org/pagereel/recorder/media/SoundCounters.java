package org.pagereel.recorder.media;

/**
 * What happened to the sound of a recording.
 *
 * @param breaks how often silence stands where sound should be: because a buffer of the browser was
 *     not ready in time, or because sound was lost on its way to the recorder
 * @param silentMillis how long these were together
 * @param longestMillis the longest one
 * @param driftPpm by how much the sound's clock ran slower than the recording's, in parts per
 *     million; it was compensated. 0 in the first minute
 */
public record SoundCounters(long breaks, long silentMillis, long longestMillis, double driftPpm) {
  public static final SoundCounters NONE = new SoundCounters(0, 0, 0, 0);

  /** Those of an earlier attempt and of a later one, whose drift counts. */
  public SoundCounters plus(SoundCounters later) {
    return new SoundCounters(
        breaks + later.breaks,
        silentMillis + later.silentMillis,
        Math.max(longestMillis, later.longestMillis),
        later.driftPpm);
  }
}
