package org.pagereel.recorder;

/**
 * What happened to the sound of a recording.
 *
 * @param breaks how often silence stands where sound should be: because a buffer of the browser was
 *     not ready in time, or because sound was lost on its way to the recorder
 * @param silentMillis their length together
 * @param longestMillis the longest one
 */
public record SoundCounters(long breaks, long silentMillis, long longestMillis) {
  public static final SoundCounters NONE = new SoundCounters(0, 0, 0);

  /** Those of an earlier attempt and of a later one. */
  public SoundCounters plus(SoundCounters later) {
    return new SoundCounters(
        breaks + later.breaks,
        silentMillis + later.silentMillis,
        Math.max(longestMillis, later.longestMillis));
  }
}
