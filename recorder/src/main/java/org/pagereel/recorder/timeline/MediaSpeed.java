package org.pagereel.recorder.timeline;

/**
 * The speed of media time, as seen by the clock: one frame of the recording lasts exactly as long
 * as one of Chromium's, which cuts the length of a frame to whole microseconds. Without this, the
 * paints of a page would wander through the frames of its recording, by 36 ms an hour at 30 fps,
 * while the sound stays where it is. The recorder drives the sound, so nothing else need follow.
 */
public final class MediaSpeed {
  private MediaSpeed() {}

  /** Microseconds of media time for each one of the clock: at most 60 millionths more than 1. */
  public static double at(int fps) {
    long paint = 1_000_000 / fps;
    return 1e6 / fps / paint;
  }
}
